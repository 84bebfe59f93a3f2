/**
 * Text of a stranger without what could forge a line or turn its direction wherever it is shown.
 * @returns null where nothing is left
 */
export function oneLine(text: string | undefined, maxLength: number): string | null {
  const plain = text
    ?.slice(0, maxLength)
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '');
  return plain ? plain : null;
}
