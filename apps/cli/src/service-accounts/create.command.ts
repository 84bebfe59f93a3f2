import { isScope, SCOPES, ServiceAccountsService } from '@app/admin';
import { WeixinAppsService } from '@app/weixin-api';
import { CliError, type ErrorSpec } from '../program/cli-error.js';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import { ACCOUNT_NAME, accountNameOf } from './account-name.js';
import { CREDENTIALS_MEMBERS, printed } from './credentials.js';

const SCOPE_UNKNOWN: ErrorSpec = {
  code: 'scope_unknown',
  en: 'There is no such scope.\nThe scopes are: {scopes}.',
  zh: '没有这样的 scope。\n可用的 scope：{scopes}。',
  exitCode: 2,
};

const APP_MISSING: ErrorSpec = {
  code: 'app_missing',
  en: 'The account needs an app that it may ask about.\nAdd --app <appid>, once or more.',
  zh: '账号至少需要一个可查询的小程序。\n请添加一个或多个 --app <appid>。',
  exitCode: 2,
};

const NAME_TAKEN: ErrorSpec = {
  code: 'service_account_name_taken',
  en: 'A service account has or had this name.\nChoose another name, or make a new secret: service-accounts rotate.',
  zh: '该名称已被使用（包括已吊销的账号）。\n请换一个名称，或用 service-accounts rotate 生成新的 secret。',
};

/** `passport service-accounts create`. */
export const create: CommandSpec<{ scope?: string[]; app?: string[] }> = {
  name: 'create',
  summary: {
    en: 'Creates an account and prints its secret once',
    zh: '创建账号，secret 仅显示一次',
  },
  arguments: ACCOUNT_NAME,
  options: [
    [
      '--scope <scope...>',
      {
        en: `what it may call: ${SCOPES.join(', ')}. Introspection needs none`,
        zh: `可调用的接口：${SCOPES.join('、')}。令牌自省不需要 scope`,
      },
    ],
    ['--app <appid...>', { en: 'the mini-programs that it may ask about', zh: '可查询的小程序' }],
  ],
  examples: ['shop --app wxsandbox000000001', 'shop --scope apps:read --app wxsandbox000000001 --json'],
  members: CREDENTIALS_MEMBERS,
  failure: { en: 'the name is taken, or an app is not served', zh: '名称已被使用，或小程序未接入' },
  run: ({ env }, args, { scope = [], app = [] }) => {
    const name = accountNameOf(args);
    const scopes = [...new Set(scope)];
    const appids = [...new Set(app)];
    if (!scopes.every(isScope)) throw new CliError(SCOPE_UNKNOWN, { scopes: SCOPES.join(', ') });
    if (appids.length === 0) throw new CliError(APP_MISSING);
    return inService(env, async (get) => {
      // A mistyped appid would make an account that silently sees nothing.
      for (const appid of appids) get(WeixinAppsService).get(appid);
      const created = await get(ServiceAccountsService).create({ name, scopes, appids });
      if (!created) throw new CliError(NAME_TAKEN);
      return printed(created);
    });
  },
};
