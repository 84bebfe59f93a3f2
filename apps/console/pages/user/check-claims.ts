import { texts } from '../../texts/texts.js';

const MAX_BYTES = 2048;

interface CheckedClaims {
  claims: unknown;
  /** As it is sent, without the spaces of the editor. */
  bytes: number;
  /** Why it cannot be saved. The service knows further reasons. */
  fault: string | undefined;
}

/** Reads claims that somebody types. */
export function checkClaims(text: string): CheckedClaims {
  const words = texts.user.claims;
  let claims: unknown;
  try {
    claims = JSON.parse(text);
  } catch (error) {
    return { claims: undefined, bytes: bytesOf(text), fault: words.notJson((error as Error).message) };
  }
  const bytes = bytesOf(JSON.stringify(claims));
  const isObject = typeof claims === 'object' && claims !== null && !Array.isArray(claims);
  const tooLarge = bytes > MAX_BYTES ? words.tooLarge : undefined;
  return { claims, bytes, fault: isObject ? tooLarge : words.notObject };
}

const bytesOf = (text: string) => new TextEncoder().encode(text).length;
