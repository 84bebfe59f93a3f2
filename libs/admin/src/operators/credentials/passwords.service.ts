import { randomBytes, scrypt, type ScryptOptions, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { Operator } from '../tables/operator.entity.js';

/** 16 MiB and about 0.2 s of a processor. @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html */
const COST = { N: 2 ** 14, r: 8, p: 5 };
const MAX_MEMORY_BYTES = 64 * 1024 * 1024;
const SALT_BYTES = 16;
const KEY_BYTES = 32;

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** A parsed hash. */
interface StoredHash {
  readonly cost: typeof COST;
  readonly salt: Buffer;
  readonly key: Buffer;
}

/** An operator as read from the database, and whether the password is right. */
export interface CheckedPassword {
  readonly operator: Operator | null;
  readonly isRight: boolean;
}

/**
 * Hashes and checks passwords of operators with scrypt. Computes one hash at a time: several would take the memory of an instance, and
 * the threads that its database driver needs.
 */
@Injectable()
export class PasswordsService {
  private last: Promise<unknown> = Promise.resolve();

  constructor(@InjectRepository(Operator) private readonly operators: Repository<Operator>) {}

  /** Returns `scrypt$<N>$<r>$<p>$<salt>$<key>`, salt and key in base64url. */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    const key = await this.keyOf(password, { cost: COST, salt });
    const { N, r, p } = COST;
    return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
  }

  /** Checks the password of an operator. Does the same work if there is no such operator, or the password was reset. */
  async check(
    who: { readonly id: string } | { readonly name: string },
    password: string,
  ): Promise<CheckedPassword> {
    const operator = await this.operators.findOneBy(who);
    const stored = operator?.passwordHash == null ? undefined : parse(operator.passwordHash);
    const { cost, salt } = stored ?? { cost: COST, salt: Buffer.alloc(SALT_BYTES) };
    const key = await this.keyOf(password, { cost, salt });
    return { operator, isRight: stored !== undefined && timingSafeEqual(key, stored.key) };
  }

  /** A password is the same on every keyboard that composes its characters otherwise. */
  private keyOf(password: string, { cost, salt }: Omit<StoredHash, 'key'>): Promise<Buffer> {
    const options = { ...cost, maxmem: MAX_MEMORY_BYTES };
    const key = this.last.then(() => derive(password.normalize('NFKC'), salt, KEY_BYTES, options));
    this.last = key.catch(() => undefined);
    return key;
  }
}

function parse(hash: string): StoredHash {
  const [, N, r, p, salt = '', key = ''] = hash.split('$');
  return {
    cost: { N: Number(N), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64url'),
    key: Buffer.from(key, 'base64url'),
  };
}
