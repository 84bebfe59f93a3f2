/**
 * Masks a phone number: `138****5678`, outside of the mainland `+155****0123`. Its owner recognises it, and it cannot be called.
 * There are always four asterisks.
 * @param e164 `+`, country code and number: `+8613812345678`
 */
export function maskPhone(e164: string): string {
  const mainland = /^\+86(1\d{2})\d{4}(\d{4})$/.exec(e164);
  if (mainland) return `${mainland[1] ?? ''}****${mainland[2] ?? ''}`;
  const [head, tail] = e164.length > 11 ? [4, 4] : [3, 2];
  return `${e164.slice(0, head)}****${e164.slice(-tail)}`;
}
