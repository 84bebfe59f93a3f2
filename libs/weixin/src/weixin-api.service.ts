import { Injectable, Logger } from '@nestjs/common';
import { HttpService } from '@nestjs/axios';
import { Config } from '@app/config';
import { Problem, type ProblemCode } from '@app/problem';
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
    if (errcode !== 0) throw this.errcodeProblem(path, errcode, answer);
    return answer;
  }

  /** The problem of an answer that lacks what it must have. */
  unusable(path: string, reason: string): Problem {
    return this.problem(path, 'weixin_unavailable', { reason });
  }

  private async fetchText(path: string, pathAndQuery: string): Promise<string> {
    const { weixinApiBaseUrl, weixinTimeoutMs } = this.config;
    // axios's own timeout starts anew with every byte; this one ends the call however the answer drips.
    const deadline = new AbortController();
    const timer = setTimeout(() => {
      deadline.abort();
    }, weixinTimeoutMs);
    try {
      const { status, data } = await this.http.axiosRef.get<string>(weixinApiBaseUrl + pathAndQuery, {
        signal: deadline.signal,
      });
      if (status !== 200) throw this.problem(path, 'weixin_unavailable', { reason: `status ${status}` });
      return data;
    } catch (error) {
      if (error instanceof Problem) throw error;
      if (deadline.signal.aborted) throw this.problem(path, 'weixin_timeout', { reason: 'deadline' });
      throw this.problem(path, 'weixin_unavailable', {
        reason: (error as { code?: string }).code ?? 'no answer',
      });
    } finally {
      clearTimeout(timer);
    }
  }

  private errcodeProblem(path: string, errcode: number, answer: WeixinAnswer): Problem {
    const { code, retryAfterSeconds } = WEIXIN_PROBLEMS[errcode] ?? { code: 'weixin_unavailable' };
    const errmsg = typeof answer['errmsg'] === 'string' ? answer['errmsg'].slice(0, 300) : '';
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
