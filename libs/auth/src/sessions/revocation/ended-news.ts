const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Far above `MAX_SESSIONS_PER_USER`: what is longer is not ours. */
const MAX_IDS = 10_000;

/** The sessions that news from another instance names; of anything that is not such news, none. */
export function sessionIdsIn(text: string): string[] {
  try {
    const ids: unknown = JSON.parse(text);
    if (!Array.isArray(ids) || ids.length > MAX_IDS) return [];
    return ids.filter((id): id is string => typeof id === 'string' && UUID.test(id));
  } catch {
    return [];
  }
}
