import type { KeptToken } from '../link.js';
import { onStorageChange, storedEntries } from '../wx/storage.js';
import { tellDesk } from './desk-link.js';

const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const SHOWN_CHARACTERS = 10;

/** Reports the tokens in storage to the desk, now and after each change of the storage. */
export function showTokens(): void {
  const tell = () => {
    tellDesk({ type: 'tokens', tokens: storedEntries().flatMap(([, value]) => tokensIn(value)) });
  };
  onStorageChange(tell);
  tell();
}

/** Every JSON Web Token in a value, however deep. */
function tokensIn(value: unknown): KeptToken[] {
  if (typeof value === 'string') return JWT.test(value) ? read(value) : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(tokensIn) : [];
}

function read(token: string): KeptToken[] {
  try {
    const [header, claims] = token.split('.').slice(0, 2).map(decode);
    return header && claims ? [{ masked: `${token.slice(0, SHOWN_CHARACTERS)}…`, header, claims }] : [];
  } catch {
    return [];
  }
}

function decode(part: string): Record<string, unknown> {
  const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
    char.charCodeAt(0),
  );
  return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
}
