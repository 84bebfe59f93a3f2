import { Config } from '@app/config';
import type { InvitationLink } from '@app/admin';
import { CliError, type ErrorSpec } from '../program/cli-error.js';
import type { Output } from '../program/command-spec.js';
import type { Get } from '../program/in-service.js';

const ADDRESS_UNKNOWN: ErrorSpec = {
  code: 'admin_address_unknown',
  en: 'The admin listener is off or has no fixed port, so there is no link to it.\nSet ADMIN_PORT, or ADMIN_URL if a proxy is in front of it.',
  zh: '管理端口未开启或端口不固定，无法生成链接。\n请设置 ADMIN_PORT；如果前面有代理，请设置 ADMIN_URL。',
};

/** The members of the JSON of the commands that make an invitation. */
export const LINK_MEMBERS = {
  link: { en: 'link (works once, shown only now)', zh: '链接（仅可使用一次，只显示这一次）' },
  expires_at: { en: 'valid until', zh: '有效期至' },
};

/**
 * Returns the address of the console as operators reach it.
 * @throws {CliError} `admin_address_unknown`
 */
export function consoleUrlOf(get: Get): string {
  const { ADMIN_HOST: host, ADMIN_PORT: port, ADMIN_URL: url } = get(Config);
  if (url !== undefined) return url;
  if (!port) throw new CliError(ADDRESS_UNKNOWN);
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Returns an invitation as a command prints it. The token is in the fragment, which browsers do not send. */
export const printedLink = (consoleUrl: string, { token, expiresAt }: InvitationLink): Output => ({
  json: { link: `${consoleUrl}/#/invitation/${token}`, expires_at: new Date(expiresAt).toISOString() },
});
