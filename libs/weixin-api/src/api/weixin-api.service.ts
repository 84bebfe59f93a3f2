import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { HttpService } from '@nestjs/axios';
import { Config, type WeixinApp } from '@app/config';
import { Problem } from '@app/problem';
import { CircuitBreakersService } from './circuit-breakers.service.js';
import { DeadlineError } from './send-once.js';
import { parseAnswer, redactErrmsg, ridOf, type WeixinAnswer } from './weixin-answer.js';
import { WEIXIN_ERRCODES } from '../errcodes/weixin-errcodes.js';
import { WeixinRefusal } from './weixin-problems.js';
import { type ObservedCall, WEIXIN_CALLS } from './weixin-calls.js';
import { textsOf, type WeixinRequest } from './weixin-request.js';

/** The pause before a second try at a busy WeChat. */
const BUSY_PAUSE_MS = 300;
const BUSY = -1;

/**
 * Calls WeChat's server API. Nothing of a request is ever logged or thrown: the AppSecret is part of it, and the HTTP
 * client's errors carry it.
 */
@Injectable()
export class WeixinApiService {
  private readonly logger = new Logger(WeixinApiService.name);

  constructor(
    private readonly http: HttpService,
    private readonly circuits: CircuitBreakersService,
    private readonly config: Config,
  ) {}

  /**
   * One call on behalf of one app, within `WEIXIN_TIMEOUT_MS` whatever happens. It is sent once, but for `retryBusy` and for
   * a connection that could not be made.
   * @returns the members of an answer without errcode
   * @throws {WeixinRefusal} for an errcode, with a code of `problems` or {@link WEIXIN_ERRCODES}
   * @throws {Problem} else `weixin_timeout` or `weixin_unavailable`
   */
  async call(app: WeixinApp, request: WeixinRequest): Promise<WeixinAnswer> {
    const { WEIXIN_TIMEOUT_MS } = this.config;
    const startedAt = performance.now();
    try {
      return await this.callOnce(app, request, WEIXIN_TIMEOUT_MS);
    } catch (error) {
      const leftMs = startedAt + WEIXIN_TIMEOUT_MS - performance.now() - BUSY_PAUSE_MS;
      const busy = error instanceof WeixinRefusal && error.errcode === BUSY;
      if (!busy || !request.retryBusy || leftMs <= 0) throw error;
      await sleep(BUSY_PAUSE_MS);
      return this.callOnce(app, request, leftMs);
    }
  }

  /** The problem of an answer that lacks what it must have. */
  unusable(path: string, reason: string): Problem {
    return this.logged(new Problem('weixin_unavailable'), { path, reason });
  }

  private async callOnce(app: WeixinApp, request: WeixinRequest, timeoutMs: number): Promise<WeixinAnswer> {
    const { path } = request;
    const answer = await this.circuits.of(app.appid, path).run(() => this.observed(request, timeoutMs));
    if (answer instanceof Problem) throw answer;
    // Success has no errcode, or 0; a failure has it as a number or as text.
    const errcode = Number(answer['errcode'] ?? 0);
    if (!Number.isSafeInteger(errcode)) throw this.unusable(path, 'the errcode is no number');
    if (errcode !== 0) throw this.refusal(request, errcode, answer['errmsg']);
    return answer;
  }

  private observed(request: WeixinRequest, timeoutMs: number): Promise<WeixinAnswer | Problem> {
    const call: ObservedCall = { method: request.method, path: request.path };
    return WEIXIN_CALLS.tracePromise(async () => {
      const answer = await this.fetchAnswer(request, timeoutMs);
      if (!(answer instanceof Problem)) call.errcode = Number(answer['errcode'] ?? 0);
      return answer;
    }, call);
  }

  /**
   * @returns a problem where this one request is refused before it reaches the API, as a firewall does with a code it
   * dislikes: WeChat is there, and a client that sends such codes must not open the circuit of all
   */
  private async fetchAnswer(request: WeixinRequest, timeoutMs: number): Promise<WeixinAnswer | Problem> {
    const { method, path, query, body } = request;
    const url = query ? `${path}?${new URLSearchParams(query).toString()}` : path;
    const { status, data } = await this.http.axiosRef
      .request<string>({ method, url, timeout: timeoutMs, ...(body && { data: JSON.stringify(body) }) })
      .catch((error: unknown) => {
        if (error instanceof DeadlineError)
          throw this.logged(new Problem('weixin_timeout'), { path, reason: 'deadline' });
        const { code, message } = error as NodeJS.ErrnoException;
        throw this.unusable(path, code ?? message);
      });
    if (status >= 400 && status < 500) return this.unusable(path, `status ${status}`);
    if (status !== 200) throw this.unusable(path, `status ${status}`);
    const answer = parseAnswer(data);
    if (!answer) throw this.unusable(path, 'the answer is no JSON object');
    return answer;
  }

  private refusal(request: WeixinRequest, errcode: number, given: unknown): Problem {
    const { code, retryAfterSeconds } = request.problems?.[errcode] ??
      WEIXIN_ERRCODES[errcode] ?? { code: 'weixin_unavailable' };
    // WeChat's support asks for the rid; nothing else of its words goes out, because they name addresses of ours.
    const rid = ridOf(given);
    const members = { weixin_errcode: errcode, ...(rid && { weixin_rid: rid }) };
    const errmsg = redactErrmsg(given, textsOf(request));
    const options = { members, ...(retryAfterSeconds && { retryAfterSeconds }) };
    return this.logged(new WeixinRefusal(errcode, errmsg, code, options), {
      path: request.path,
      errcode,
      errmsg,
      ...(code === 'weixin_misconfigured' && { fix: WEIXIN_ERRCODES[errcode]?.fix.en }),
    });
  }

  private logged(problem: Problem, about: object): Problem {
    const entry = { msg: `WeChat: ${problem.code}`, ...about };
    if (problem.code === 'weixin_misconfigured') this.logger.error(entry);
    else if (problem.status >= 500) this.logger.warn(entry);
    else this.logger.debug(entry);
    return problem;
  }
}
