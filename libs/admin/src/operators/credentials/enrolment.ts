import { Secret, TOTP } from 'otpauth';

const PERIOD_SECONDS = 30;
/** Codes of the step before and after the present one are accepted: the clocks of phones differ. */
const WINDOW = 1;
const RECOVERY_CODES = 10;
/** 80 bits, 16 characters of base32. */
const RECOVERY_CODE_BYTES = 10;

/** The second factor that a new operator stores. */
export interface Enrolment {
  /** Of TOTP, base32. */
  readonly secret: string;
  /** 16 characters in groups of four each. */
  readonly recoveryCodes: readonly string[];
}

/** Returns a new secret of TOTP and new recovery codes. */
export function newEnrolment(): Enrolment {
  const recoveryCodes = Array.from({ length: RECOVERY_CODES }, () =>
    new Secret({ size: RECOVERY_CODE_BYTES }).base32.toLowerCase().replace(/.{4}(?=.)/g, '$&-'),
  );
  return { secret: new Secret().base32, recoveryCodes };
}

/** Returns the `otpauth://` address of a secret, which authenticator apps read from a QR code. */
export const totpUri = (name: string, secret: string): string => totpOf(secret, name).toString();

/**
 * Returns the step of TOTP that a code belongs to (RFC 6238 section 4.2).
 * @param nowMs epoch milliseconds
 * @returns undefined if the code is wrong
 */
export function totpStepOf(secret: string, code: string, nowMs: number): number | undefined {
  const token = code.replaceAll(' ', '');
  if (!/^\d{6}$/.test(token)) return undefined;
  const delta = totpOf(secret).validate({ token, timestamp: nowMs, window: WINDOW });
  return delta === null ? undefined : Math.floor(nowMs / 1000 / PERIOD_SECONDS) + delta;
}

/** Returns a recovery code without the spaces, hyphens and capitals that a person may type. */
export const normalizedRecoveryCode = (code: string): string => code.toLowerCase().replace(/[\s-]/g, '');

/** SHA-1 with 6 digits: some authenticator apps ignore other parameters. */
const totpOf = (secret: string, label?: string) =>
  new TOTP({
    issuer: 'weapp-passport',
    secret: Secret.fromBase32(secret),
    period: PERIOD_SECONDS,
    ...(label !== undefined && { label }),
  });
