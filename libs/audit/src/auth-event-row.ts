import { newId } from '@app/database';
import { maskIp, oneLine } from '@app/common';
import type { AuthEvent, AuthEventKind } from './auth-event.entity.js';
import type { ClientInfo } from './client.decorator.js';

/** An event to record. */
export interface NewAuthEvent {
  readonly kind: AuthEventKind;
  readonly userId?: string | undefined;
  readonly sessionId?: string | undefined;
  /** A mini-program that this service serves, never a text of a client. */
  readonly appid?: string | undefined;
  /** The sender of the request; the row has its masked address. */
  readonly client?: ClientInfo | undefined;
  /** The service account that did it, or `operator:<name>`, if it was one. */
  readonly actor?: string | undefined;
  /** Of a login: whether it created its user, for the counts per hour. The row does not have it. */
  readonly isNewUser?: boolean | undefined;
  /** A text of this service or of its operator, at most 64 characters. */
  readonly detail?: string | undefined;
}

/** Returns the row of an event that happens now. */
export function authEventRow(event: NewAuthEvent): AuthEvent {
  const { kind, userId, sessionId, appid, client, actor, detail } = event;
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
    actor: actor ?? null,
    detail: oneLine(detail, 64),
  };
}
