/** The imitation of WeChat in `apps/sandbox` knows these two apps; its secrets are public. */
export const SANDBOX_APPS = [
  { appid: 'wxsandbox000000001', secret: 'sandbox-secret' },
  { appid: 'wxsandbox000000002', secret: 'sandbox-secret-2' },
] as const;
