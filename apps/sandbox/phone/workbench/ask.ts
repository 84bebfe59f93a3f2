/** Calls a route of the sandbox with JSON, and gives the JSON of its answer; an empty object where there is none. */
export async function ask(
  method: string,
  path: string,
  json?: unknown,
  phone = '',
): Promise<Record<string, unknown>> {
  const response = await fetch(path, {
    method,
    headers: { 'content-type': 'application/json', 'sandbox-phone': phone },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  return (await response.json().catch(() => ({}))) as Record<string, unknown>;
}
