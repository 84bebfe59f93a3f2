import type { KeyObject } from 'node:crypto';
import type { JwtService } from '@nestjs/jwt';
import type { Config } from '@app/config';
import { Problem, type ProblemCode } from '@app/problem';
import type { TokenKey } from '../keys/token-key.js';

/**
 * Verifies signature, issuer, audience and expiry of a JWT, and returns its payload.
 * @throws {Problem} the code for an expired token, else the code for an invalid one
 */
export function verifyJwt(
  jwt: JwtService,
  { JWT_ISSUER: issuer, JWT_AUDIENCE: audience }: Pick<Config, 'JWT_ISSUER' | 'JWT_AUDIENCE'>,
  token: string,
  { algorithm, verifyWith }: Pick<TokenKey, 'algorithm' | 'verifyWith'>,
  codes: { readonly expired: ProblemCode; readonly invalid: ProblemCode },
): unknown {
  // The types accept only text and bytes; jsonwebtoken accepts KeyObjects.
  const publicKey = verifyWith as KeyObject & string;
  try {
    return jwt.verify<object>(token, { publicKey, algorithms: [algorithm], issuer, audience });
  } catch (error) {
    const isExpired = error instanceof Error && error.name === 'TokenExpiredError';
    throw new Problem(isExpired ? codes.expired : codes.invalid);
  }
}
