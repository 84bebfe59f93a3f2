/**
 * A phone number as its owner recognises it and nobody else can call it: `138****5678`, elsewhere `+155****0123`. Always
 * four asterisks, whatever they stand for.
 * @param e164 `+`, country code and number: `+8613812345678`
 */
export function maskPhone(e164: string): string {
  const mainland = /^\+86(1\d{2})\d{4}(\d{4})$/.exec(e164);
  if (mainland) return `${mainland[1] ?? ''}****${mainland[2] ?? ''}`;
  const [head, tail] = e164.length > 11 ? [4, 4] : [3, 2];
  return `${e164.slice(0, head)}****${e164.slice(-tail)}`;
}
