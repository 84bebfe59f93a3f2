/** A failed call: what the service answered, or why there was no answer. */
export class Problem extends Error {
  /** The service's stable code, or one of ours: `network_failed`, `wx_login_failed`, `answer_unreadable`. */
  readonly code: string;
  /** HTTP status; 0 when the service was not reached. */
  readonly status: number;

  constructor(code: string, status: number, detail: string) {
    super(detail);
    this.name = 'Problem';
    this.code = code;
    this.status = status;
  }
}

const TEXTS: Readonly<Record<string, string>> = {
  network_failed: '连接不上服务，请检查网络后重试',
  wx_login_failed: '微信登录失败，请重试',
  answer_unreadable: '服务返回的内容无法识别，请稍后重试',
  login_code_invalid: '登录凭证无效，请重试',
  login_code_used: '登录凭证已被使用，请重试',
  login_blocked: '该微信账号已被限制登录',
  login_rate_limited: '登录太频繁，请稍后再试',
  rate_limited: '操作太频繁，请稍后再试',
  weixin_busy: '微信服务繁忙，请稍后再试',
  weixin_timeout: '微信服务响应超时，请稍后再试',
  weixin_unavailable: '微信服务暂时不可用，请稍后再试',
  user_disabled: '该账号已被停用',
  precondition_failed: '数据刚刚在别处被修改，请重试',
  payload_too_large: '内容太多，超出了存储上限',
};

/** The sentence to show the user for a caught error. An unknown code is named, so that it can be reported. */
export function explain(error: unknown): string {
  if (!(error instanceof Problem)) return '出了点问题，请重试';
  return TEXTS[error.code] ?? `服务暂时不可用，请稍后再试（${error.code}）`;
}
