/** Members of an answer of WeChat, none of them trusted. */
export type WeixinAnswer = Readonly<Record<string, unknown>>;

/** The JSON object in an answer's text, whatever its content type says; undefined where there is none. */
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

/** The id under which WeChat's support finds a call, at the end of an errmsg. */
export function ridOf(errmsg: unknown): string | undefined {
  return /rid: ([0-9a-f]{8}(?:-[0-9a-f]{8}){2})$/.exec(String(errmsg))?.[1];
}

/**
 * WeChat's words for the log, without what must not be there even if WeChat repeats it: what we sent (AppSecret, code,
 * access token), and whatever is as long as a key. The rid stays, and an address of ours that is not in the IP whitelist.
 * @param sent every value of the request that is text
 */
export function redactErrmsg(errmsg: unknown, sent: readonly string[]): string {
  if (typeof errmsg !== 'string') return '';
  const withoutSent = sent
    .filter((value) => value !== '')
    .reduce((text, value) => text.replaceAll(value, '…'), errmsg.slice(0, 1000));
  return withoutSent.replace(/[\w+/=-]{20,}/g, (run) => (RID.test(run) ? run : '…')).slice(0, 300);
}
