import { Problem } from 'weapp-passport-client';
import type { LoginOptions, Schemas } from 'weapp-passport-client';
import { CONSENT_TEXTS } from '../config';
import { timeInWords } from './time';

/** The consents that a login needs. */
export type RequiredConsents = NonNullable<LoginOptions['consents']>;

/** A consent that is given now, in words for the page. */
export interface Consent {
  kind: string;
  name: string;
  text: string;
}

/** Returns the name of a text that a person agrees to. */
export const consentName = (kind: string): string => CONSENT_TEXTS[kind]?.name ?? kind;

/** Shows a text that a person agrees to. */
export function openConsentText(kind: string): void {
  const page = CONSENT_TEXTS[kind]?.page;
  if (page === undefined) wx.openPrivacyContract({});
  else void wx.navigateTo({ url: page });
}

/** Returns the consents without which a login was refused; undefined for every other error. */
export function missingConsents(error: unknown): RequiredConsents | undefined {
  if (!(error instanceof Problem) || error.code !== 'consent_required') return undefined;
  return error.body['required'] as RequiredConsents;
}

/** Returns the consents that are not withdrawn: of each kind the newest version. @param items the oldest first */
export function givenConsents(items: readonly Schemas['ConsentResponse'][]): Consent[] {
  const newest = new Map(
    items.filter(({ withdrawn_at }) => withdrawn_at === null).map((item) => [item.kind, item]),
  );
  return [...newest.values()].map(({ kind, version, given_at }) => ({
    kind,
    name: consentName(kind),
    text: `版本 ${version}，${timeInWords(given_at)} 同意`,
  }));
}
