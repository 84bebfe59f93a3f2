import type { ProblemCode } from './api-types';

/** Failures that this phone finds out by itself. */
export type ClientCode =
  | 'network_failed'
  | 'network_timeout'
  | 'wx_login_failed'
  | 'answer_unreadable'
  | 'logged_out'
  | 'user_changed';

/** A failed call: what the service answered, or why there was no answer. */
export class Problem extends Error {
  /** A `ProblemCode`, a `ClientCode`, or a code that only a newer service knows. */
  readonly code: string;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** How long the service asks to wait before the next try (`Retry-After`); undefined when it does not say. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: string, status = 0, detail: string = code, retryAfterSeconds?: number) {
    super(detail);
    this.name = 'Problem';
    this.code = code;
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

const TEXTS: Readonly<Record<ProblemCode | ClientCode, string>> = {
  network_failed: '连接不上服务，请检查网络后重试',
  network_timeout: '网络太慢，请稍后重试',
  wx_login_failed: '微信登录失败，请检查网络后重试',
  answer_unreadable: '服务返回的内容无法识别，请稍后重试',
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

/** The sentence to show the user for a caught error. A code unknown here is named, so that it can be reported. */
export function explain(error: unknown): string {
  if (!(error instanceof Problem)) return '出了点问题，请重试';
  return (
    (TEXTS as Readonly<Record<string, string>>)[error.code] ?? `服务暂时不可用，请稍后再试（${error.code}）`
  );
}
