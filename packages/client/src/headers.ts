/** Headers with their names in lower case: each platform, and each caller, writes them in another case. */
export function lowerCased(headers: unknown): Record<string, string> {
  const given = Object(headers) as Record<string, unknown>;
  const all: Record<string, string> = {};
  Object.keys(given).forEach((name) => {
    all[name.toLowerCase()] = String(given[name]);
  });
  return all;
}
