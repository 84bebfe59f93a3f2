import { Injectable, Logger } from '@nestjs/common';
import { HttpService } from '@nestjs/axios';
import { Config } from '@app/config';
import { Problem, type ProblemCode } from '@app/problem';
import { DeadlineError } from './weixin-transport.js';
import { WEIXIN_PROBLEMS } from './weixin-problems.js';

/** Members of an answer of WeChat, none of them trusted. */
export type WeixinAnswer = Readonly<Record<string, unknown>>;

/**
 * Calls WeChat's server API. Nothing of a request is ever logged or thrown: the AppSecret is part of its URL, and the
 * HTTP client's errors carry that URL.
 */
@Injectable()
export class WeixinApi {
  private readonly logger = new Logger(WeixinApi.name);

  constructor(
    private readonly http: HttpService,
    private readonly config: Config,
  ) {}

  /**
   * One GET, never repeated here.
   * @returns the members of an answer without errcode
   * @throws {Problem} a code of {@link WEIXIN_PROBLEMS}, else `weixin_timeout` or `weixin_unavailable`
   */
  async get(path: string, query: Record<string, string>): Promise<WeixinAnswer> {
    const text = await this.fetchText(path, `${path}?${new URLSearchParams(query).toString()}`);
    const answer = parseObject(text);
    if (!answer) throw this.problem(path, 'weixin_unavailable', { reason: 'the answer is no JSON object' });
    // Success has no errcode, or 0; a failure has it as a number or as text.
    const errcode = Number(answer['errcode'] ?? 0);
    if (!Number.isSafeInteger(errcode)) throw this.unusable(path, 'the errcode is no number');
    if (errcode !== 0)
      throw this.errcodeProblem(path, errcode, redact(answer['errmsg'], Object.values(query)));
    return answer;
  }

  /** The problem of an answer that lacks what it must have. */
  unusable(path: string, reason: string): Problem {
    return this.problem(path, 'weixin_unavailable', { reason });
  }

  private async fetchText(path: string, pathAndQuery: string): Promise<string> {
    const { status, data } = await this.http.axiosRef
      .get<string>(this.config.weixinApiBaseUrl + pathAndQuery)
      .catch((error: unknown) => {
        if (error instanceof DeadlineError)
          throw this.problem(path, 'weixin_timeout', { reason: 'deadline' });
        const { code = 'no answer' } = error as { code?: string };
        throw this.problem(path, 'weixin_unavailable', { reason: code });
      });
    if (status !== 200) throw this.problem(path, 'weixin_unavailable', { reason: `status ${status}` });
    return data;
  }

  private errcodeProblem(path: string, errcode: number, errmsg: string): Problem {
    const { code, retryAfterSeconds } = WEIXIN_PROBLEMS[errcode] ?? { code: 'weixin_unavailable' };
    // WeChat's support asks for the rid; nothing else of its words goes out, because they name addresses of ours.
    const rid = /rid: ([0-9a-f]{8}(?:-[0-9a-f]{8}){2})$/.exec(errmsg)?.[1];
    const members = { weixin_errcode: errcode, ...(rid && { weixin_rid: rid }) };
    return this.problem(
      path,
      code,
      { errcode, errmsg },
      { members, ...(retryAfterSeconds && { retryAfterSeconds }) },
    );
  }

  private problem(path: string, code: ProblemCode, log: object, options = {}): Problem {
    const problem = new Problem(code, options);
    const entry = { msg: `WeChat: ${code}`, path, ...log };
    if (code === 'weixin_misconfigured') this.logger.error(entry);
    else if (problem.status >= 500) this.logger.warn(entry);
    else this.logger.debug(entry);
    return problem;
  }
}

function parseObject(text: string): WeixinAnswer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as WeixinAnswer)
      : undefined;
  } catch {
    return undefined;
  }
}

const RID = /^[0-9a-f]{8}(?:-[0-9a-f]{8}){2}$/;

/**
 * WeChat's words for the log, without what must not be there even if WeChat repeats it: what we sent (AppSecret, code),
 * and whatever is as long as a key. The rid stays.
 */
function redact(errmsg: unknown, sent: readonly string[]): string {
  if (typeof errmsg !== 'string') return '';
  const withoutSent = sent.reduce((text, value) => text.replaceAll(value, '…'), errmsg.slice(0, 1000));
  return withoutSent.replace(/[\w+/=-]{20,}/g, (run) => (RID.test(run) ? run : '…')).slice(0, 300);
}
