import type { SealerService } from '@app/crypto';
import type { VerifiedPush } from '../verify/weixin-push.guard.js';

/** The request of a push, to forward it unchanged. */
export type PushRequest = Omit<VerifiedPush, 'content'>;

const column = (primaryKey: string) => ({ table: 'weixin_pushes', column: 'push', primaryKey });

/** Seals the request of a push and its content for the row with this id. */
export function sealPush(sealer: SealerService, id: string, request: PushRequest, content: string): string {
  const { query, contentType, body } = request;
  return sealer.seal(
    JSON.stringify({ query, contentType, body: body.toString('base64'), content }),
    column(id),
  );
}

/**
 * Returns the request of a stored push and its content.
 * @throws {UnsealError}
 */
export function unsealPush(
  sealer: SealerService,
  { id, appid, push }: { id: string; appid: string; push: string },
): PushRequest & { content: string } {
  const { body, ...rest } = JSON.parse(sealer.unseal(push, column(id))) as {
    query: string;
    contentType: string;
    body: string;
    content: string;
  };
  return { appid, ...rest, body: Buffer.from(body, 'base64') };
}

/**
 * Seals a stored push with the current `SECRET_KEY`.
 * @throws {UnsealError}
 */
export const resealPush = (sealer: SealerService, { id, push }: { id: string; push: string }): string =>
  sealer.reseal(push, column(id));
