import { Inject, Injectable } from '@nestjs/common';
import type { AccessTokenClaims } from './access-token-claims.js';
import { AccessTokenRefused } from './errors.js';
import { OutageReport } from './outage-report.js';
import { type CheckedOptions, PASSPORT_OPTIONS } from './passport-options.js';

/** Answers that are remembered; more push out the oldest. */
const MAX_ANSWERS = 10_000;

interface Answer {
  readonly isActive: Promise<boolean>;
  readonly validUntilMs: number;
}

/** Asks the service whether access tokens are still valid, and remembers each answer for some seconds. */
@Injectable()
export class IntrospectionService {
  /** By `jti`, which is safe because the token was verified before. */
  private readonly answers = new Map<string, Answer>();
  private readonly outage: OutageReport;
  private readonly body: Pick<RequestInit, 'method' | 'headers' | 'redirect'>;

  constructor(@Inject(PASSPORT_OPTIONS) private readonly options: CheckedOptions) {
    const { url = '', clientId = '', clientSecret = '' } = options.introspection ?? {};
    this.outage = new OutageReport('introspection_unavailable', url);
    // Each half is form-encoded before base64: RFC 6749 section 2.3.1.
    const credentials = [clientId, clientSecret].map(encodeURIComponent).join(':');
    const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
    this.body = { method: 'POST', headers: { authorization }, redirect: 'error' };
  }

  /** Whether the service is asked before each guarded route. */
  get asksForEveryRoute(): boolean {
    return this.options.introspection?.everyRoute ?? false;
  }

  /**
   * Passes if the service accepts a verified token.
   * @throws {AccessTokenRefused} `token_revoked`
   * @throws {PassportUnavailable} if the service does not answer as it should
   */
  async assertActive(token: string, { jti }: AccessTokenClaims): Promise<void> {
    const { introspection } = this.options;
    if (!introspection) throw new Error('a route needs PassportModule with the option introspection');
    const known = this.answers.get(jti);
    const answer =
      known && known.validUntilMs > Date.now()
        ? known.isActive
        : this.remembered(jti, introspection.cacheSeconds, this.ask(introspection.url, token));
    if (!(await answer)) throw new AccessTokenRefused('token_revoked');
  }

  /** Concurrent requests of one token share a call. */
  private remembered(jti: string, cacheSeconds: number, isActive: Promise<boolean>): Promise<boolean> {
    if (cacheSeconds === 0) return isActive;
    const answer = { isActive, validUntilMs: Date.now() + cacheSeconds * 1000 };
    const [oldest] = this.answers.keys();
    if (oldest !== undefined && this.answers.size >= MAX_ANSWERS) this.answers.delete(oldest);
    // Behind the others, also if it was there before.
    this.answers.delete(jti);
    this.answers.set(jti, answer);
    isActive.catch(() => {
      if (this.answers.get(jti) === answer) this.answers.delete(jti);
    });
    return isActive;
  }

  private async ask(url: string, token: string): Promise<boolean> {
    try {
      const isActive = await this.answerTo(url, token);
      this.outage.succeeded();
      return isActive;
    } catch (error) {
      throw this.outage.failed(error);
    }
  }

  private async answerTo(url: string, token: string): Promise<boolean> {
    const response = await fetch(url, {
      ...this.body,
      body: new URLSearchParams({ token, token_type_hint: 'access_token' }),
      signal: AbortSignal.timeout(this.options.timeoutMs),
    });
    if (response.status !== 200) {
      // Otherwise the connection stays open until the garbage collection.
      await response.body?.cancel();
      throw new Error(`the service answered ${response.status}`);
    }
    const { active } = (await response.json()) as { active?: unknown };
    if (typeof active !== 'boolean') throw new Error('the answer has no member active');
    return active;
  }
}
