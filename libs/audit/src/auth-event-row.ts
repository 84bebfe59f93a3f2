import { newId } from '@app/database';
import { maskIp, oneLine } from '@app/common';
import type { AuthEvent, AuthEventKind } from './auth-event.entity.js';
import type { ClientInfo } from './client-info.js';

/** An event as the one who saw it tells it; what is unknown is left out. */
export interface NewAuthEvent {
  readonly kind: AuthEventKind;
  readonly userId?: string | undefined;
  readonly sessionId?: string | undefined;
  /** Only one that this service serves: a client's own text does not belong here. */
  readonly appid?: string | undefined;
  /** Who asked for it; its address is masked here. */
  readonly client?: ClientInfo | undefined;
  /** Our own words, at most 64 characters. */
  readonly detail?: string | undefined;
}

/** The row of an event that happens now. */
export function authEventRow({ kind, userId, sessionId, appid, client, detail }: NewAuthEvent): AuthEvent {
  const at = Date.now();
  return {
    id: newId(),
    at,
    kind,
    userId: userId ?? null,
    sessionId: sessionId ?? null,
    appid: appid ?? null,
    ip: maskIp(client?.ip),
    userAgent: oneLine(client?.userAgent, 255),
    detail: oneLine(detail, 64),
  };
}
