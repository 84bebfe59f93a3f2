import type { Network } from '../link.js';

const query = new URLSearchParams(location.search);

/** Which phone this is: `1`, `2`, …. */
export const PHONE_ID = query.get('phone') ?? '1';

/** The WeChat user whose phone it is; any name. */
export const USER = query.get('user') ?? 'alice';

/** How the network is when the phone is switched on. */
export const FIRST_NETWORK = (query.get('network') ?? 'online') as Network;

/** What the phone says of itself when it talks to the sandbox. */
export const PHONE_HEADERS: Readonly<Record<string, string>> = { 'sandbox-phone': PHONE_ID };
