import { parseJson } from '@app/common';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Far above `MAX_SESSIONS_PER_USER`: this service sends no longer message. */
const MAX_IDS = 10_000;

/** Returns the session ids in a message of another instance; none if the text is no such message. */
export function parseEndedSessions(text: string): string[] {
  const ids = parseJson(text);
  if (!Array.isArray(ids) || ids.length > MAX_IDS) return [];
  return ids.filter((id): id is string => typeof id === 'string' && UUID.test(id));
}
