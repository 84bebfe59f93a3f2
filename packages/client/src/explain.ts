import type { ProblemCode } from './api-types.js';
import type { ClientCode, Problem } from './problem.js';

/** Codes of the admin listener, of WeChat's pushes and of the command line, which no phone gets. */
type ElsewhereCode = Extract<
  ProblemCode,
  | `push_${string}`
  | `webhook${string}`
  | `claim${string}`
  | `operator_${string}`
  | `service_account_${string}`
  | 'host_not_allowed'
  | 'invitation_invalid'
  | 'last_owner'
  | 'origin_not_allowed'
  | 'step_up_required'
  | 'insufficient_scope'
  | 'signing_key_not_found'
  | 'user_not_found'
  | 'key_rotation_too_early'
>;

const TEXTS: Readonly<Record<Exclude<ProblemCode, ElsewhereCode> | ClientCode, string>> = {
  network_failed: '连接不上服务，请检查网络后重试',
  network_timeout: '网络太慢，请稍后重试',
  wx_login_failed: '微信登录失败，请检查网络后重试',
  answer_unreadable: '服务返回的内容无法识别，请稍后重试',
  storage_failed: '读取手机存储失败，请重试',
  aborted: '已取消',
  logged_out: '已退出登录',
  user_changed: '登录的账号已切换',
  validation_failed: '内容不符合要求，请修改后重试',
  not_found: '请求的内容不存在',
  method_not_allowed: '服务不支持这个操作，请更新小程序后重试',
  precondition_failed: '数据刚刚在别处被修改，请重试',
  request_timeout: '网络太慢，请稍后重试',
  payload_too_large: '内容太多，超出了存储上限',
  unsupported_media_type: '不支持这种内容',
  headers_too_large: '请求过大，请重试',
  rate_limited: '操作太频繁，请稍后再试',
  app_unknown: '服务未登记这个小程序',
  login_code_invalid: '登录凭证无效，请重试',
  login_code_used: '登录凭证已被使用，请重试',
  login_blocked: '该微信账号已被限制登录',
  login_rate_limited: '登录太频繁，请稍后再试',
  weixin_busy: '微信服务繁忙，请稍后再试',
  weixin_timeout: '微信服务响应超时，请稍后再试',
  weixin_unavailable: '微信服务暂时不可用，请稍后再试',
  weixin_misconfigured: '服务的微信配置有误，请联系管理员',
  session_key_stale: '微信登录状态已更新，请重试',
  phone_code_invalid: '手机号授权已失效，请再次点击',
  phone_bindings_exhausted: '今天绑定手机号的次数已用完，请明天再试',
  phone_binding_disabled: '暂时不能绑定手机号',
  nickname_refused: '这个昵称不合适，请换一个',
  merge_target_missing: '没有可以合并的账号',
  login_code_foreign: '请用当前账号的微信操作',
  deletion_pending: '账号正在注销，请先撤销注销',
  deletion_not_requested: '账号没有在注销',
  deletion_ledger_unavailable: '暂时无法处理注销，请稍后再试',
  consent_required: '同意后才能登录',
  consent_not_given: '没有需要撤回的同意',
  token_missing: '请先登录',
  token_expired: '登录已过期，请重试',
  token_invalid: '登录已失效，请重试',
  token_revoked: '登录已在别处结束，请重试',
  refresh_token_invalid: '登录已失效，请重试',
  refresh_token_expired: '登录已过期，请重试',
  refresh_token_reused: '登录已失效，请重试',
  refresh_token_revoked: '该设备已在别处被退出登录，请重新登录',
  session_not_found: '该设备已经退出登录',
  user_disabled: '该账号已被停用',
  database_unavailable: '服务暂时不可用，请稍后再试',
  shutting_down: '服务正在更新，请稍后再试',
  internal_error: '服务出了点问题，请稍后再试',
};

/** The texts for a session that was ended elsewhere, by `ended_by` of the problem. Unknown values use `operator`. */
const ENDED: Readonly<Record<string, string>> = {
  user: '已在另一台设备上退出登录',
  operator: '登录已被管理员结束',
  deletion: '账号正在注销，已退出登录',
};

/** Returns a sentence for the user about a caught error. For an unknown code the sentence contains the code. */
export function explain(error: unknown): string {
  const { name, code, body } = Object(error) as Problem;
  if (name !== 'Problem') return '出了点问题，请重试';
  const texts: Readonly<Record<string, string>> = TEXTS;
  const by = body['ended_by'] as string | undefined;
  const ended = by && code === 'logged_out' && (ENDED[by] || ENDED['operator']);
  return ended || texts[code] || `服务暂时不可用，请稍后再试（${code}）`;
}
