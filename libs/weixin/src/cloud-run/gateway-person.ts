/** Whom WeChat's gateway has logged in already. */
export interface GatewayPerson {
  /** The mini-program the call came from. */
  readonly appid: string;
  readonly openid: string;
  readonly unionid?: string;
}

/** `{appid, openid, unionid}` of a person, by the names of the headers that tell them. */
interface Names {
  readonly appid: string;
  readonly openid: string;
  readonly unionid: string;
}

const SOURCE = 'x-wx-source';
const OWN: Names = { appid: 'x-wx-appid', openid: 'x-wx-openid', unionid: 'x-wx-unionid' };
/** Another mini-program that shares the environment of ours (资源复用); the gateway sends no X-WX-OPENID then. */
const SHARING: Names = {
  appid: 'x-wx-from-appid',
  openid: 'x-wx-from-openid',
  unionid: 'x-wx-from-unionid',
};

/** An openid or unionid has 28 characters as a rule. */
const ID = /^[\w-]{1,64}$/;

/**
 * Reads the headers of WeChat Cloud Run's gateway. It writes each of them once; whatever differs did not come from it.
 * @param rawHeaders name, value, name, value…
 * @returns the person, or what is wrong, for the client to read
 * @see https://developers.weixin.qq.com/miniprogram/dev/wxcloudrun/src/development/weixin/
 */
export function gatewayPerson(rawHeaders: readonly string[]): GatewayPerson | { readonly fault: string } {
  const headers = new Map<string, string>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    if (!name.startsWith('x-wx-')) continue;
    if (headers.has(name)) return { fault: `the header ${name} stands twice` };
    headers.set(name, rawHeaders[index + 1] ?? '');
  }
  if (!headers.get(SOURCE)) return { fault: `the header ${SOURCE} is missing` };
  // Both kinds at once name two people.
  if (headers.has(OWN.openid) && headers.has(SHARING.openid))
    return { fault: `the headers ${OWN.openid} and ${SHARING.openid} stand together` };
  return personOf(headers, headers.has(SHARING.openid) ? SHARING : OWN);
}

function personOf(headers: ReadonlyMap<string, string>, names: Names): GatewayPerson | { fault: string } {
  const [appid, openid, unionid] = [names.appid, names.openid, names.unionid].map((name) =>
    headers.get(name),
  );
  if (appid === undefined || !ID.test(appid))
    return { fault: `the header ${names.appid} is missing or malformed` };
  if (openid === undefined || !ID.test(openid))
    return { fault: `the header ${names.openid} is missing or malformed` };
  if (!unionid) return { appid, openid };
  return ID.test(unionid)
    ? { appid, openid, unionid }
    : { fault: `the header ${names.unionid} is malformed` };
}
