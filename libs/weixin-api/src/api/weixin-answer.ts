/** The members of an answer of WeChat. They are not validated. */
export type WeixinAnswer = Readonly<Record<string, unknown>>;

/** Returns the JSON object in the text of an answer; undefined if the text is no JSON object. Ignores the content type. */
export function parseAnswer(text: string): WeixinAnswer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as WeixinAnswer)
      : undefined;
  } catch {
    return undefined;
  }
}

const RID = /^[0-9a-f]{8}(?:-[0-9a-f]{8}){2}$/;

/** Returns the id of a call for WeChat's support, which is at the end of an errmsg. */
export function ridOf(errmsg: unknown): string | undefined {
  return /rid: ([0-9a-f]{8}(?:-[0-9a-f]{8}){2})$/.exec(String(errmsg))?.[1];
}

/**
 * Returns an errmsg for the log. Removes the values of the request (AppSecret, code, access token), which WeChat may repeat,
 * and every text as long as a key. Leaves the rid, and the address of this service that is not in the IP whitelist.
 * @param sent all strings of the request
 */
export function redactErrmsg(errmsg: unknown, sent: readonly string[]): string {
  if (typeof errmsg !== 'string') return '';
  const withoutSent = sent
    .filter((value) => value !== '')
    .reduce((text, value) => text.replaceAll(value, '…'), errmsg.slice(0, 1000));
  return withoutSent.replace(/[\w+/=-]{20,}/g, (run) => (RID.test(run) ? run : '…')).slice(0, 300);
}
