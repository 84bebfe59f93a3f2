import { Injectable, Logger } from '@nestjs/common';
import { OutageLog } from '@app/common';
import { Config } from '@app/config';
import { Problem } from '@app/problem';
import type { PushRequest } from '../inbox/stored-push.js';

/** WeChat waits five seconds for an answer. */
export const FORWARD_WITHIN_MS = 4000;
const MAX_ANSWER_BYTES = 64 * 1024;

/** The answer to a push, for WeChat. */
export interface PushAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/** Sends pushes to `WEIXIN_PUSH_FORWARD_URL`. */
@Injectable()
export class PushForwarderService {
  private readonly outage = new OutageLog(new Logger(PushForwarderService.name), {
    failing: 'WEIXIN_PUSH_FORWARD_URL takes no pushes',
    recovered: 'WEIXIN_PUSH_FORWARD_URL takes pushes again',
  });

  constructor(private readonly config: Config) {}

  /** Whether `WEIXIN_PUSH_FORWARD_URL` is set. */
  get isConfigured(): boolean {
    return this.config.WEIXIN_PUSH_FORWARD_URL !== undefined;
  }

  /**
   * Sends a push with its query, content type and body unchanged. Follows no redirect.
   * @returns the answer, unchanged, with a status below 300
   * @throws {Problem} `push_forward_failed`
   */
  async forward(request: PushRequest, timeoutMs = FORWARD_WITHIN_MS): Promise<PushAnswer> {
    try {
      const answer = await this.send(request, timeoutMs);
      this.outage.succeeded();
      return answer;
    } catch (error) {
      this.outage.failed(reasonOf(error));
      throw new Problem('push_forward_failed');
    }
  }

  private async send(
    { appid, query, contentType, body }: PushRequest,
    timeoutMs: number,
  ): Promise<PushAnswer> {
    const url = `${String(this.config.WEIXIN_PUSH_FORWARD_URL).replaceAll('{appid}', appid)}?${query}`;
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': contentType },
      body,
      signal: AbortSignal.timeout(Math.max(0, Math.round(timeoutMs))),
    });
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > MAX_ANSWER_BYTES) throw new Error('an answer of more than 64 KiB');
      chunks.push(chunk);
    }
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? 'text/plain',
      body: Buffer.concat(chunks),
    };
  }
}

/** Never the message of fetch, which may name the address with its query. */
function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') return 'no answer in time';
  const { code } = (cause ?? {}) as { code?: unknown };
  if (typeof code === 'string') return code;
  return name === 'TypeError' ? 'no answer' : message;
}
