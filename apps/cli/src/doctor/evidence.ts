import { SigningKey } from '@app/auth';
import { type Config, readServedApps, type ServedApps, type WeixinApp } from '@app/config';
import { ExistingDatabase } from '@app/database';
import { tablesOfService } from '../context.js';
import { ask, type Answer, type NoAnswer } from './ask.js';

/** A JWKS is small, and the way to it short. */
const JWKS_TIMEOUT_MS = 5000;

/** What the checks look at, each thing fetched once, and nothing changed by it. */
export class Evidence {
  readonly apps: ServedApps;
  private openedDatabase: Promise<ExistingDatabase | undefined> | undefined;
  private jwksAnswer: Promise<Answer | NoAnswer> | undefined;
  private readonly tokenAnswers = new Map<string, Promise<Answer | NoAnswer>>();

  /** @throws {ConfigError} */
  constructor(readonly config: Config) {
    this.apps = readServedApps(config);
  }

  /**
   * @returns undefined where there is none yet
   * @throws {Error} of the driver or the file system
   */
  database(): Promise<ExistingDatabase | undefined> {
    return (this.openedDatabase ??= tablesOfService(this.config).then((tables) =>
      ExistingDatabase.open(this.config.DATABASE_URL, tables),
    ));
  }

  /** @returns undefined where the database cannot tell; empty where it has none yet */
  async signingKeys(): Promise<readonly SigningKey[] | undefined> {
    try {
      return (await (await this.database())?.manager.find(SigningKey)) ?? [];
    } catch {
      return undefined;
    }
  }

  /** What answers where other back ends look for our keys. */
  jwks(): Promise<Answer | NoAnswer> {
    const url = `${this.config.JWT_ISSUER}/.well-known/jwks.json`;
    return (this.jwksAnswer ??= ask(url, { timeoutMs: JWKS_TIMEOUT_MS }));
  }

  /** WeChat's answer to an app that asks for its access token: the one that all who ask share, so nothing is lost. */
  accessToken({ appid, secret }: WeixinApp): Promise<Answer | NoAnswer> {
    const known = this.tokenAnswers.get(appid);
    if (known) return known;
    const json = { grant_type: 'client_credential', appid, secret, force_refresh: false };
    const { WEIXIN_API_BASE_URL, WEIXIN_TIMEOUT_MS } = this.config;
    const answer = ask(`${WEIXIN_API_BASE_URL}/cgi-bin/stable_token`, { timeoutMs: WEIXIN_TIMEOUT_MS, json });
    this.tokenAnswers.set(appid, answer);
    return answer;
  }

  async close(): Promise<void> {
    await this.openedDatabase?.then((database) => database?.close()).catch(() => undefined);
  }
}
