import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Config } from '@app/config';
import { SECRET_TOKEN } from '../credentials/secret-token.js';

/** The name of the cookie that browsers accept from this host alone, over TLS or from localhost. */
export const SECURE_COOKIE = '__Host-operator';
const PLAIN_COOKIE = 'operator';

/** Reads and writes the cookie of an operator's session. It ends with the browser. */
@Injectable()
export class OperatorCookieService {
  private readonly name: string;
  private readonly attributes: string;

  constructor({ isProduction, ADMIN_URL }: Config) {
    const isSecure = isProduction || ADMIN_URL?.startsWith('https:') === true;
    this.name = isSecure ? SECURE_COOKIE : PLAIN_COOKIE;
    this.attributes = `Path=/; HttpOnly; ${isSecure ? 'Secure; ' : ''}SameSite=Strict`;
  }

  /** Returns the values of all cookies of the name that a request has. A browser sends one. */
  private valuesOf({ headers }: IncomingMessage): string[] {
    return (headers.cookie ?? '').split(';').flatMap((pair) => {
      const [name = '', ...value] = pair.trim().split('=');
      return name === this.name ? [value.join('=')] : [];
    });
  }

  /** Returns whether a request has the cookie, valid or not. */
  isIn(request: IncomingMessage): boolean {
    return this.valuesOf(request).length > 0;
  }

  /** Returns the value of the cookie. @returns undefined without it, with two of them, and if it is malformed */
  tokenIn(request: IncomingMessage): string | undefined {
    const [token = '', ...others] = this.valuesOf(request);
    return SECRET_TOKEN.test(token) && others.length === 0 ? token : undefined;
  }

  set(reply: FastifyReply, token: string): void {
    reply.header('Set-Cookie', `${this.name}=${token}; ${this.attributes}`);
  }

  clear(reply: FastifyReply): void {
    reply.header('Set-Cookie', `${this.name}=; ${this.attributes}; Max-Age=0`);
  }
}
