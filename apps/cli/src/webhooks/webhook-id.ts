import { isId } from '@app/database';
import { Problem } from '@app/problem';
import { CliError, type ErrorSpec } from '../program/cli-error.js';
import type { Output } from '../program/command-spec.js';
import type { ShownWebhookSecret } from '@app/webhooks';

/** The argument of the commands about one webhook. */
export const WEBHOOK_ID = [
  ['<id>', { en: 'id of the webhook, from webhooks list', zh: 'webhook 的 id，见 webhooks list' }],
] as const;

/** No webhook has the id. */
const WEBHOOK_NOT_FOUND: ErrorSpec = {
  code: 'webhook_not_found',
  en: 'There is no webhook with this id.\nRun webhooks list.',
  zh: '没有该 id 的 webhook。\n请运行 webhooks list 查看。',
};

/** The meaning of exit code 1 of these commands. */
export const WEBHOOK_FAILURE = { en: 'there is no such webhook', zh: 'webhook 不存在' };

/** The members of the JSON of the commands that make a secret. */
export const SECRET_MEMBERS = {
  id: { en: 'id', zh: 'id' },
  secret: { en: 'secret (shown only now)', zh: '密钥（仅显示这一次）' },
};

/** Returns a new secret as a command prints it. */
export const printedSecret = ({ id, secret }: ShownWebhookSecret): Output => ({ json: { id, secret } });

/** Returns the id of a webhook from the command line. @throws {CliError} `webhook_not_found` */
export function webhookIdOf([id = '']: readonly string[]): string {
  if (!isId(id)) throw new CliError(WEBHOOK_NOT_FOUND);
  return id;
}

/** Waits for the work on a webhook. @throws {CliError} `webhook_not_found` */
export async function onWebhook<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Problem && error.code === 'not_found') throw new CliError(WEBHOOK_NOT_FOUND);
    throw error;
  }
}
