import { timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { SealerService, UnsealError } from '@app/crypto';
import { Database } from '@app/database';
import { Problem } from '@app/problem';
import { sessionKeyPlace, WeixinIdentities, WeixinIdentity } from '@app/users';
import { decryptOpenData, type OpenData } from './open-data.js';
import { rawDataSignature, sessionKeySignature } from './signatures.js';

/** When a failure is answered, counted from the call: later than any of them is found. */
const FAILURE_AFTER_MS = 50;

/** What proves to WeChat that this service has the session_key of an identity. */
export interface SessionKeyProof {
  readonly appid: string;
  readonly openid: string;
  /** Over an empty message. */
  readonly signature: string;
  /** When the exchange began that gave the key, epoch milliseconds. */
  readonly sessionKeyAt: number;
}

/**
 * Where session_keys are used. They are unsealed nowhere else, and nothing here gives one back: whoever has it can
 * forge what WeChat says of the user. Every failure is the same `session_key_stale`, after the same time, because the
 * difference between a wrong padding and a wrong text would tell the plaintext byte by byte.
 */
@Injectable()
export class SessionKeyVault {
  private readonly logger = new Logger(SessionKeyVault.name);

  constructor(
    private readonly identities: WeixinIdentities,
    private readonly database: Database,
    private readonly sealer: SealerService,
  ) {}

  /**
   * What WeChat encrypted for an identity: its app's watermark and, where the data names one, its openid.
   * @param encryptedData base64, as `iv`
   * @throws {Problem} `session_key_stale`
   */
  decryptOpenData(identityId: string, encryptedData: string, iv: string): Promise<OpenData> {
    return this.use(identityId, (sessionKey, { appid, openid }) => {
      const data = decryptOpenData(sessionKey, appid, encryptedData, iv);
      return data && (data['openId'] ?? openid) === openid ? data : undefined;
    });
  }

  /**
   * Makes sure that WeChat signed a text for an identity.
   * @param rawData exactly as WeChat gave it: parsed and written again it may be another text
   * @throws {Problem} `session_key_stale`
   */
  async verifyRawData(identityId: string, rawData: string, signature: string): Promise<void> {
    await this.use(identityId, (sessionKey) =>
      isEqual(rawDataSignature(rawData, sessionKey), signature) ? true : undefined,
    );
  }

  /** @returns undefined for an identity without a session_key, or with one that does not unseal */
  async prove(identityId: string): Promise<SessionKeyProof | undefined> {
    const found = await this.open(identityId);
    if (!found) return undefined;
    const { appid, openid, sessionKeyAt } = found.identity;
    return { appid, openid, sessionKeyAt, signature: sessionKeySignature(found.sessionKey, '') };
  }

  /**
   * Stores the session_key that WeChat made in place of the proven one.
   * @param startedAt when it was asked for, epoch milliseconds
   * @returns false when a login has brought another one meanwhile, which stays
   */
  async replace(
    identityId: string,
    proven: SessionKeyProof,
    sessionKey: string,
    startedAt: number,
  ): Promise<boolean> {
    const sealed = this.sealer.seal(sessionKey, sessionKeyPlace(identityId));
    const { affected } = await this.database.write((manager) =>
      manager.update(
        WeixinIdentity,
        { id: identityId, sessionKeyAt: proven.sessionKeyAt },
        { sessionKey: sealed, sessionKeyAt: startedAt },
      ),
    );
    return affected === 1;
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
      return { identity, sessionKey: this.sealer.unseal(identity.sessionKey, sessionKeyPlace(identityId)) };
    } catch (error) {
      if (!(error instanceof UnsealError)) throw error;
      // The next login brings another key; the operator should know all the same.
      this.logger.warn(error.message);
      return undefined;
    }
  }
}

function isEqual(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
