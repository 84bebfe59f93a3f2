/**
 * Removes the characters from untrusted text that could forge a log line or change the direction of displayed text.
 * @returns null if no character remains
 */
export function oneLine(text: string | undefined, maxLength: number): string | null {
  const plain = text
    ?.slice(0, maxLength)
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '');
  return plain ? plain : null;
}
