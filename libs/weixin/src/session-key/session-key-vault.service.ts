import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { SealerService, UnsealError } from '@app/crypto';
import { Database } from '@app/database';
import { Problem } from '@app/problem';
import { sessionKeyColumn, WeixinIdentitiesService, WeixinIdentity } from '@app/users';
import { equalTexts } from '../equal-texts.js';
import { decryptOpenData, type OpenData } from './open-data.js';
import { rawDataSignature, sessionKeySignature } from './signatures.js';

/** Time from the call to the answer of a failure: longer than any check takes. */
const FAILURE_AFTER_MS = 50;

/** Proves to WeChat that this service has the session_key of an identity. */
export interface SessionKeyProof {
  readonly appid: string;
  readonly openid: string;
  /** Of an empty message. */
  readonly signature: string;
  /** When the exchange of the key began, epoch milliseconds. */
  readonly sessionKeyAt: number;
}

/**
 * Uses session_keys. No other class unseals one, and no method returns one: with a session_key a client could forge data
 * of WeChat. Every failure is the same `session_key_stale` after the same time. Otherwise the difference between a wrong
 * padding and a wrong text would reveal the plaintext byte by byte.
 */
@Injectable()
export class SessionKeyVaultService {
  private readonly logger = new Logger(SessionKeyVaultService.name);

  constructor(
    private readonly identities: WeixinIdentitiesService,
    private readonly database: Database,
    private readonly sealer: SealerService,
  ) {}

  /**
   * Decrypts data that WeChat encrypted for an identity. Its watermark must name the app, and its openid, if any, the user.
   * @param encryptedData base64, like `iv`
   * @throws {Problem} `session_key_stale`
   */
  decryptOpenData(identityId: string, encryptedData: string, iv: string): Promise<OpenData> {
    return this.use(identityId, (sessionKey, { appid, openid }) => {
      const data = decryptOpenData(sessionKey, appid, encryptedData, iv);
      return data && (data['openId'] ?? openid) === openid ? data : undefined;
    });
  }

  /**
   * Throws unless WeChat signed a text for an identity.
   * @param rawData exactly as received: parsing and serialising it again may change it
   * @throws {Problem} `session_key_stale`
   */
  async verifyRawData(identityId: string, rawData: string, signature: string): Promise<void> {
    await this.use(identityId, (sessionKey) =>
      equalTexts(rawDataSignature(rawData, sessionKey), signature) ? true : undefined,
    );
  }

  /** Returns the proof of a session_key; undefined if the identity has none, or one that does not unseal. */
  async prove(identityId: string): Promise<SessionKeyProof | undefined> {
    const found = await this.open(identityId);
    if (!found) return undefined;
    const { appid, openid, sessionKeyAt } = found.identity;
    return { appid, openid, sessionKeyAt, signature: sessionKeySignature(found.sessionKey, '') };
  }

  /**
   * Replaces the proven session_key by the new one of WeChat, unless a login has stored another one since.
   * @param startedAt when the new one was requested, epoch milliseconds
   */
  async replace(
    identityId: string,
    proven: SessionKeyProof,
    sessionKey: string,
    startedAt: number,
  ): Promise<void> {
    const sealed = this.sealer.seal(sessionKey, sessionKeyColumn(identityId));
    await this.database.write((manager) =>
      manager.update(
        WeixinIdentity,
        { id: identityId, sessionKeyAt: proven.sessionKeyAt },
        { sessionKey: sealed, sessionKeyAt: startedAt },
      ),
    );
  }

  private async use<T>(
    identityId: string,
    work: (sessionKey: string, identity: WeixinIdentity) => T | undefined,
  ): Promise<T> {
    const failAt = performance.now() + FAILURE_AFTER_MS;
    const found = await this.open(identityId);
    const result = found && work(found.sessionKey, found.identity);
    if (result !== undefined) return result;
    await sleep(Math.max(0, failAt - performance.now()));
    throw new Problem('session_key_stale');
  }

  private async open(
    identityId: string,
  ): Promise<{ identity: WeixinIdentity; sessionKey: string } | undefined> {
    const identity = await this.identities.find(identityId);
    if (!identity || identity.sessionKey === null) return undefined;
    try {
      return { identity, sessionKey: this.sealer.unseal(identity.sessionKey, sessionKeyColumn(identityId)) };
    } catch (error) {
      if (!(error instanceof UnsealError)) throw error;
      // The next login stores another key. The operator should know of a wrong SECRET_KEY anyway.
      this.logger.warn(error.message);
      return undefined;
    }
  }
}
