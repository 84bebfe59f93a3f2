import type { ProblemSpec } from './problem-spec.js';

/** Problems of operators, their sessions and invitations, and of the service accounts that they manage. */
export const OPERATOR_PROBLEMS = {
  operator_credentials_invalid: {
    status: 401,
    title: { en: 'Name, password or code is wrong', zh: '用户名、密码或验证码错误' },
    cause: {
      en: 'One of them is wrong, or the code was used before: each code works once. The answer does not say which.',
      zh: '其中一项有误，或验证码已被使用：每个验证码只能用一次。响应不会说明是哪一项。',
    },
    fix: {
      en: 'Wait for the next code of the authenticator app. If the phone is lost, sign in with a recovery code, or let another owner run a reset.',
      zh: '等待验证器应用显示下一个验证码。手机丢失时，可用恢复码登录，或由其他 owner 重置。',
    },
  },
  operator_session_missing: {
    status: 401,
    title: { en: 'The operator is not signed in', zh: '尚未登录控制台' },
    cause: {
      en: 'There is no cookie, or its session has ended: after 30 minutes without a request, after 12 hours, by signing out, or because the operator was removed or reset.',
      zh: '没有 Cookie，或会话已结束：30 分钟无操作、满 12 小时、已退出登录，或账号已被移除或重置。',
    },
    fix: { en: 'Sign in again.', zh: '请重新登录。' },
  },
  step_up_required: {
    status: 403,
    title: { en: 'This needs another code', zh: '该操作需要再次验证' },
    cause: {
      en: 'The route reveals personal data, destroys something or changes access, and the operator has confirmed no code in the last five minutes.',
      zh: '该接口会显示个人信息、造成不可恢复的改动或变更权限，而最近五分钟内没有验证过验证码。',
    },
    fix: {
      en: 'Send a code to `POST /api/admin/session/step-up`, then repeat the request.',
      zh: '向 `POST /api/admin/session/step-up` 提交验证码后重试。',
    },
  },
  origin_not_allowed: {
    status: 403,
    title: { en: 'The request does not come from the console', zh: '请求不是由控制台页面发出' },
    cause: {
      en: '`Origin` is not that of the admin listener, or `Sec-Fetch-Site` names another site or is absent: browsers set it for https and localhost only.',
      zh: '`Origin` 与管理端口不一致；或 `Sec-Fetch-Site` 表明来自其他站点，或缺失（浏览器只对 https 和 localhost 发送它）。',
    },
    fix: {
      en: 'Open the console by https with `ADMIN_URL` set to its address, or by a tunnel to localhost. Programs use a service account.',
      zh: '将 `ADMIN_URL` 设为控制台地址并通过 https 打开，或用隧道映射到 localhost。程序调用请使用服务账号。',
    },
  },
  invitation_invalid: {
    status: 404,
    title: { en: 'The invitation is not valid', zh: '邀请链接无效' },
    cause: {
      en: 'The link is incomplete, older than 30 minutes, already accepted, withdrawn, or replaced by a newer one.',
      zh: '链接不完整、已超过 30 分钟、已被接受、已撤回，或已被新的邀请取代。',
    },
    fix: {
      en: 'Ask for a new one: `npm run passport -- operators invite <name>`.',
      zh: '请重新获取邀请：`npm run passport -- operators invite <name>`。',
    },
  },
  operator_name_taken: {
    status: 409,
    title: { en: 'An operator has this name', zh: '该用户名已被使用' },
    cause: { en: 'Names of operators are unique.', zh: '操作员的用户名不能重复。' },
    fix: {
      en: 'Choose another name. For new credentials of the same person, reset the operator.',
      zh: '请换一个用户名。如需为同一人更换凭证，请使用重置。',
    },
  },
  operator_not_found: {
    status: 404,
    title: { en: 'There is no such operator', zh: '操作员不存在' },
    cause: { en: 'The operator is unknown, or was removed.', zh: '没有该操作员，或已被移除。' },
    fix: { en: 'List the operators again.', zh: '请重新获取操作员列表。' },
  },
  last_owner: {
    status: 409,
    title: { en: 'The last owner cannot be removed', zh: '不能移除最后一个 owner' },
    cause: {
      en: 'Without an owner, the console could invite no operator.',
      zh: '没有 owner，就无法再邀请操作员。',
    },
    fix: { en: 'Invite another owner first.', zh: '请先邀请另一个 owner。' },
  },
  service_account_not_found: {
    status: 404,
    title: { en: 'There is no such service account', zh: '服务账号不存在' },
    cause: { en: 'The id is unknown, or the account is revoked.', zh: '该 id 不存在，或账号已被吊销。' },
    fix: { en: 'List the service accounts again.', zh: '请重新获取服务账号列表。' },
  },
  service_account_name_taken: {
    status: 409,
    title: { en: 'A service account has this name', zh: '该名称已被使用' },
    cause: {
      en: 'A service account has or had this name: names of revoked accounts are not used again.',
      zh: '已有或曾有服务账号使用该名称：已吊销账号的名称不再使用。',
    },
    fix: { en: 'Choose another name.', zh: '请换一个名称。' },
  },
} as const satisfies Record<string, ProblemSpec>;
