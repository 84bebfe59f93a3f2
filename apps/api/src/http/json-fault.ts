const MAX_DEPTH = 32;

/** Says what makes a parsed body unacceptable, or nothing. Looks at every member once, and never deeper than 32 levels. */
export function jsonFault(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return 'the body must be a JSON object';
  return faultBelow(body, MAX_DEPTH);
}

function faultBelow(value: unknown, levels: number): string | undefined {
  // JSON has no infinity: stored, it would come back as null.
  if (typeof value === 'number' && !Number.isFinite(value)) return 'a number is too large';
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return `the body is nested deeper than ${MAX_DEPTH} levels`;
  for (const member of Object.values(value)) {
    const fault = faultBelow(member, levels - 1);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
