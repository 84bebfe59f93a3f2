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
import { type WeixinCallEvent, WEIXIN_CALL_EVENTS } from './weixin-calls.js';
import { textsOf, type WeixinRequest } from './weixin-request.js';

/** The pause before the retry if WeChat is busy. */
const BUSY_PAUSE_MS = 300;
const BUSY = -1;

/**
 * Calls WeChat's server API. Neither logs nor throws any part of a request, because requests and the errors of the HTTP client
 * contain the AppSecret.
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
   * Sends one call on behalf of an app, within `WEIXIN_TIMEOUT_MS` in total. Sends it a second time only for `retryBusy`, or
   * if no connection could be established.
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

  /** Logs an answer that lacks a required member, and returns its problem. */
  unusableAnswer(path: string, reason: string): Problem {
    return this.logProblem(new Problem('weixin_unavailable'), { path, reason });
  }

  private async callOnce(app: WeixinApp, request: WeixinRequest, timeoutMs: number): Promise<WeixinAnswer> {
    const { path } = request;
    const answer = await this.circuits.of(app.appid, path).run(() => this.publishCall(request, timeoutMs));
    if (answer instanceof Problem) throw answer;
    // On success errcode is absent or 0. On failure it is a number or a numeric text.
    const errcode = Number(answer['errcode'] ?? 0);
    if (!Number.isSafeInteger(errcode)) throw this.unusableAnswer(path, 'the errcode is no number');
    if (errcode !== 0) throw this.refusal(request, errcode, answer['errmsg']);
    return answer;
  }

  private publishCall(request: WeixinRequest, timeoutMs: number): Promise<WeixinAnswer | Problem> {
    const call: WeixinCallEvent = { method: request.method, path: request.path };
    return WEIXIN_CALL_EVENTS.tracePromise(async () => {
      const answer = await this.fetchAnswer(request, timeoutMs);
      if (!(answer instanceof Problem)) call.errcode = Number(answer['errcode'] ?? 0);
      return answer;
    }, call);
  }

  /**
   * Sends the request and parses the answer.
   * @returns a problem, not an error, if a firewall refuses this request with a 4xx: WeChat is available, and a client that
   * sends such codes must not open the circuit for all
   */
  private async fetchAnswer(request: WeixinRequest, timeoutMs: number): Promise<WeixinAnswer | Problem> {
    const { method, path, query, body } = request;
    const url = query ? `${path}?${new URLSearchParams(query).toString()}` : path;
    const { status, data } = await this.http.axiosRef
      .request<string>({ method, url, timeout: timeoutMs, ...(body && { data: JSON.stringify(body) }) })
      .catch((error: unknown) => {
        if (error instanceof DeadlineError)
          throw this.logProblem(new Problem('weixin_timeout'), { path, reason: 'deadline' });
        const { code, message } = error as NodeJS.ErrnoException;
        throw this.unusableAnswer(path, code ?? message);
      });
    if (status >= 400 && status < 500) return this.unusableAnswer(path, `status ${status}`);
    if (status !== 200) throw this.unusableAnswer(path, `status ${status}`);
    const answer = parseAnswer(data);
    if (!answer) throw this.unusableAnswer(path, 'the answer is no JSON object');
    return answer;
  }

  private refusal(request: WeixinRequest, errcode: number, given: unknown): Problem {
    const { code, retryAfterSeconds } = request.problems?.[errcode] ??
      WEIXIN_ERRCODES[errcode] ?? { code: 'weixin_unavailable' };
    // The answer contains the rid for WeChat's support, but not the errmsg, which may contain addresses of this service.
    const rid = ridOf(given);
    const members = { weixin_errcode: errcode, ...(rid && { weixin_rid: rid }) };
    const errmsg = redactErrmsg(given, textsOf(request));
    const options = { members, ...(retryAfterSeconds && { retryAfterSeconds }) };
    return this.logProblem(new WeixinRefusal(errcode, errmsg, code, options), {
      path: request.path,
      errcode,
      errmsg,
      ...(code === 'weixin_misconfigured' && { fix: WEIXIN_ERRCODES[errcode]?.fix.en }),
    });
  }

  private logProblem(problem: Problem, about: object): Problem {
    const entry = { msg: `WeChat: ${problem.code}`, ...about };
    if (problem.code === 'weixin_misconfigured') this.logger.error(entry);
    else if (problem.status >= 500) this.logger.warn(entry);
    else this.logger.debug(entry);
    return problem;
  }
}
