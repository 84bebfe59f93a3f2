import { In, IsNull } from 'typeorm';
import { SigningKey } from '@app/auth';
import type { Config, WeixinApp } from '@app/config';
import { ExistingDatabase, type Tables } from '@app/database';
import { User } from '@app/users';
import { sendRequest, type Answer, type NoAnswer } from './send-request.js';

/** Short, because a JWKS is small and its server is near. */
const JWKS_TIMEOUT_MS = 5000;
/** The service may wait longer for WeChat. The admin listener closes a connection after 20 seconds without an answer. */
const LONGEST_WEIXIN_TIMEOUT_MS = 10_000;
const IDS_AT_ONCE = 500;

/** What is examined. */
export interface Installation {
  readonly config: Config;
  /** The mini-programs: the rest of the configuration is that of all. */
  readonly apps: readonly WeixinApp[];
  /** Returns the entities and migrations of this version of the service. */
  readonly tables: () => Promise<Tables>;
}

/** Provides the data that the checks need. Fetches each part once and changes nothing. */
export class DoctorContext {
  readonly config: Config;
  readonly apps: readonly WeixinApp[];
  private readonly tables: Installation['tables'];
  private openedDatabase: Promise<ExistingDatabase | undefined> | undefined;
  private jwksAnswer: Promise<Answer | NoAnswer> | undefined;
  private readonly tokenAnswers = new Map<string, Promise<Answer | NoAnswer>>();

  constructor({ config, apps, tables }: Installation) {
    this.config = config;
    this.apps = apps;
    this.tables = tables;
  }

  /**
   * Opens the database.
   * @returns undefined if it does not exist yet
   * @throws {Error} of the driver or the file system
   */
  database(): Promise<ExistingDatabase | undefined> {
    return (this.openedDatabase ??= this.tables().then((tables) =>
      ExistingDatabase.open(this.config.DATABASE_URL, tables),
    ));
  }

  /** Returns the signing keys: undefined if the database cannot be read, empty if it has none yet. */
  async signingKeys(): Promise<readonly SigningKey[] | undefined> {
    try {
      return (await (await this.database())?.manager.find(SigningKey)) ?? [];
    } catch {
      return undefined;
    }
  }

  /** Returns how many of these users the database has, without those who are leaving; undefined if it cannot be read. */
  async countUsers(ids: readonly string[]): Promise<number | undefined> {
    let count = 0;
    try {
      const database = await this.database();
      if (!database) return 0;
      for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
        const some = In(ids.slice(start, start + IDS_AT_ONCE));
        count += await database.manager.countBy(User, { id: some, deletesAt: IsNull() });
      }
      return count;
    } catch {
      return undefined;
    }
  }

  /** Fetches the JWKS as other back ends do. */
  jwks(): Promise<Answer | NoAnswer> {
    const url = `${this.config.JWT_ISSUER}/.well-known/jwks.json`;
    return (this.jwksAnswer ??= sendRequest(url, { timeoutMs: JWKS_TIMEOUT_MS }));
  }

  /** Fetches the access token of an app from WeChat. A stable token stays valid for its other users. */
  accessToken({ appid, secret }: WeixinApp): Promise<Answer | NoAnswer> {
    const known = this.tokenAnswers.get(appid);
    if (known) return known;
    const json = { grant_type: 'client_credential', appid, secret, force_refresh: false };
    const { WEIXIN_API_BASE_URL, WEIXIN_TIMEOUT_MS } = this.config;
    const answer = sendRequest(`${WEIXIN_API_BASE_URL}/cgi-bin/stable_token`, {
      timeoutMs: Math.min(WEIXIN_TIMEOUT_MS, LONGEST_WEIXIN_TIMEOUT_MS),
      json,
    });
    this.tokenAnswers.set(appid, answer);
    return answer;
  }

  async close(): Promise<void> {
    await this.openedDatabase?.then((database) => database?.close()).catch(() => undefined);
  }
}

/** Returns the appid and the operator's name of an app. */
export const nameOf = ({ appid, name }: WeixinApp) => (name === undefined ? appid : `${appid} (${name})`);
