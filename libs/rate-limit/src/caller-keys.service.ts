import { Injectable, Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Config } from '@app/config';
import { Problem } from '@app/problem';
import { MAX_TOKEN_LENGTH, RefreshTokens } from '@app/auth';
import { clientAddress } from './client-address.js';
import type { RateLimitName } from './rate-limits.js';

/** Tells whom a call counts against. */
@Injectable()
export class CallerKeys {
  private readonly logger = new Logger('RateLimit');
  private warned = false;

  constructor(
    private readonly config: Config,
    private readonly refreshTokens: RefreshTokens,
  ) {}

  /** The session of a genuine refresh token, so that phones behind one carrier address do not starve each other; else the address. */
  of(name: RateLimitName, request: FastifyRequest): string {
    return (name === 'refresh' ? this.sessionOf(request.body) : undefined) ?? this.addressOf(request);
  }

  /** The body is as it came: no pipe has looked at it yet. */
  private sessionOf(body: unknown): string | undefined {
    const token = (body as { refresh?: unknown } | null | undefined)?.refresh;
    if (typeof token !== 'string' || token.length > MAX_TOKEN_LENGTH) return undefined;
    try {
      return this.refreshTokens.read(token).sid;
    } catch (error) {
      if (error instanceof Problem) return undefined;
      throw error;
    }
  }

  private addressOf(request: FastifyRequest): string {
    if (this.config.trustProxyHops === 0 && request.headers['x-forwarded-for'] !== undefined) this.warn();
    // A proxy that forwards nonsense counts as one client.
    return clientAddress(request.ip) ?? request.socket.remoteAddress ?? 'unknown';
  }

  private warn(): void {
    if (this.warned) return;
    this.warned = true;
    this.logger.warn(
      'X-Forwarded-For is ignored because TRUST_PROXY_HOPS is 0. Behind reverse proxies all clients count as one address: ' +
        'set TRUST_PROXY_HOPS to the number of proxies. Without a proxy a client made the header up, and nothing is to be done.',
    );
  }
}
