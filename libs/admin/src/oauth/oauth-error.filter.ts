import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendOAuthError } from './oauth-error.js';

/** Answers the errors of `/oauth/*`. */
@Catch()
export class OAuthErrorFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendOAuthError(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}
