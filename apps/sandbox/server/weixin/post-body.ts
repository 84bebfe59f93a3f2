/**
 * Reads the body of a POST, as JSON, regardless of its content type.
 * @returns the object, 44002 for an empty body, 47001 for anything else
 */
export function readPost(body: unknown): Readonly<Record<string, unknown>> | 44002 | 47001 {
  if (typeof body !== 'string' || body === '') return 44002;
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === 'object' && json !== null && !Array.isArray(json)
      ? (json as Record<string, unknown>)
      : 47001;
  } catch {
    return 47001;
  }
}

/** A member that should be text: `''` where it is missing or something else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
