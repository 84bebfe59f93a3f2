/** The longest decomposed form of 64 characters: 4 code points each, 2 units a code point. */
const MAX_DECOMPOSED_LENGTH = 64 * 4 * 2;

/**
 * Matches 1 to 64 characters (code points, as the column counts), one of them visible. It refuses control characters, line
 * separators, lone surrogates, U+FEFF and characters that change the direction of text: they make a name look like another
 * one, or break the page that shows it.
 */
export const NICKNAME =
  /^(?=[^]*[^\s\p{Default_Ignorable_Code_Point}])[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]{1,64}$/u;

/**
 * Returns the NFC form of a nickname, so that one name has one spelling. A text that is too long for a nickname is returned as it
 * is: ICU sorts combining marks one by one, 0.1 s for a body of 16 KiB and 10 s for one of 384 KiB.
 */
export function normalizeNickname(value: unknown): unknown {
  return typeof value === 'string' && value.length <= MAX_DECOMPOSED_LENGTH ? value.normalize('NFC') : value;
}
