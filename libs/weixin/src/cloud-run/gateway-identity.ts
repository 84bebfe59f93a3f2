/** The WeChat identity that the gateway of WeChat Cloud Run has established. */
export interface GatewayIdentity {
  /** The mini-program that sent the request. */
  readonly appid: string;
  readonly openid: string;
  readonly unionid?: string;
}

/** The names of the headers that carry each member of an identity. */
interface HeaderNames {
  readonly appid: string;
  readonly openid: string;
  readonly unionid: string;
}

const SOURCE_HEADER = 'x-wx-source';
const OWN_HEADERS: HeaderNames = { appid: 'x-wx-appid', openid: 'x-wx-openid', unionid: 'x-wx-unionid' };
/** For another mini-program that shares the environment of ours (资源复用): the gateway sends no X-WX-OPENID then. */
const SHARING_HEADERS: HeaderNames = {
  appid: 'x-wx-from-appid',
  openid: 'x-wx-from-openid',
  unionid: 'x-wx-from-unionid',
};

/** An openid or unionid usually has 28 characters. */
const ID = /^[\w-]{1,64}$/;

/**
 * Reads the headers of WeChat Cloud Run's gateway. The gateway sends each header once, so a request with a repeated one
 * did not come through it.
 * @param rawHeaders name, value, name, value…
 * @returns the identity, or the fault as a text for the client
 * @see https://developers.weixin.qq.com/miniprogram/dev/wxcloudrun/src/development/weixin/
 */
export function readGatewayIdentity(
  rawHeaders: readonly string[],
): GatewayIdentity | { readonly fault: string } {
  const headers = new Map<string, string>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    if (!name.startsWith('x-wx-')) continue;
    if (headers.has(name)) return { fault: `the header ${name} is sent twice` };
    headers.set(name, rawHeaders[index + 1] ?? '');
  }
  if (!headers.get(SOURCE_HEADER)) return { fault: `the header ${SOURCE_HEADER} is missing` };
  // Both kinds together name two users.
  if (headers.has(OWN_HEADERS.openid) && headers.has(SHARING_HEADERS.openid))
    return { fault: `the headers ${OWN_HEADERS.openid} and ${SHARING_HEADERS.openid} are both sent` };
  const names = headers.has(SHARING_HEADERS.openid) ? SHARING_HEADERS : OWN_HEADERS;
  const [appid, openid] = [headers.get(names.appid) ?? '', headers.get(names.openid) ?? ''];
  const unionid = headers.get(names.unionid);
  if (!ID.test(appid)) return { fault: `the header ${names.appid} is missing or malformed` };
  if (!ID.test(openid)) return { fault: `the header ${names.openid} is missing or malformed` };
  if (!unionid) return { appid, openid };
  if (!ID.test(unionid)) return { fault: `the header ${names.unionid} is malformed` };
  return { appid, openid, unionid };
}
