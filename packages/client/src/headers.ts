/** Returns headers with their names in lower case, because platforms and callers differ in the case. */
export function lowerCased(headers: unknown): Record<string, string> {
  const given = Object(headers) as Record<string, unknown>;
  const all: Record<string, string> = {};
  Object.keys(given).forEach((name) => {
    all[name.toLowerCase()] = String(given[name]);
  });
  return all;
}
