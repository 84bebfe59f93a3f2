import type { KeptToken } from '../link.js';
import { onStorageChange, storedEntries } from '../wx/storage.js';
import { postToWorkbench } from './workbench-link.js';

const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
/** Of each end: tokens begin alike, and differ at the end. */
const SHOWN_CHARACTERS = 4;

/** Reports the tokens in storage to the workbench, now and after each change of the storage. */
export function showTokens(): void {
  const report = () => {
    postToWorkbench({ type: 'tokens', tokens: storedEntries().flatMap(([, value]) => tokensIn(value)) });
  };
  onStorageChange(report);
  report();
}

/** Every JSON Web Token in a value, however deep. */
function tokensIn(value: unknown): KeptToken[] {
  if (typeof value === 'string') return JWT.test(value) ? read(value) : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(tokensIn) : [];
}

function read(token: string): KeptToken[] {
  try {
    const [header, claims] = token.split('.').slice(0, 2).map(decode);
    return header && claims ? [{ masked: maskedToken(token), header, claims }] : [];
  } catch {
    return [];
  }
}

function maskedToken(token: string): string {
  return `${token.slice(0, SHOWN_CHARACTERS)}…${token.slice(-SHOWN_CHARACTERS)}`;
}

function decode(part: string): Record<string, unknown> {
  const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
    char.charCodeAt(0),
  );
  return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
}
