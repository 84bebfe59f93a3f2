/** A JSON object whose members are not yet checked. */
export type Json = Readonly<Record<string, unknown>>;

/** Returns whether a value is a JSON object: not an array, not null. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
