import type { ComponentType } from 'preact';
import type { Session } from '../api/types.js';
import { AppsPage } from '../pages/apps/apps-page.js';
import { DoctorPage } from '../pages/doctor/doctor-page.js';
import { EventsPage } from '../pages/events/events-page.js';
import { KeysPage } from '../pages/keys/keys-page.js';
import { OperatorsPage } from '../pages/operators/operators-page.js';
import { OverviewPage } from '../pages/overview/overview-page.js';
import { ServiceAccountsPage } from '../pages/service-accounts/service-accounts-page.js';
import { UserPage } from '../pages/user/user-page.js';
import { UsersPage } from '../pages/users/users-page.js';
import { WebhookPage } from '../pages/webhooks/webhook-page.js';
import { WebhooksPage } from '../pages/webhooks/webhooks-page.js';
import { texts } from '../texts/texts.js';

/** A page of the menu. */
export interface Entry {
  page: keyof typeof texts.common.pages;
  group: keyof typeof texts.common.groups;
  /** What the role of the operator must include. */
  scope: string;
  Page: ComponentType;
  /** The page of one of its things. */
  One?: ComponentType<{ id: string }>;
}

/** The pages in their order. The first that an operator may see is the start. */
const ENTRIES: readonly Entry[] = [
  { page: 'overview', group: 'people', scope: 'audit:read', Page: OverviewPage },
  { page: 'users', group: 'people', scope: 'users:read', Page: UsersPage, One: UserPage },
  { page: 'events', group: 'people', scope: 'audit:read', Page: EventsPage },
  { page: 'apps', group: 'service', scope: 'apps:read', Page: AppsPage },
  { page: 'doctor', group: 'service', scope: 'installation:read', Page: DoctorPage },
  { page: 'keys', group: 'service', scope: 'keys:write', Page: KeysPage },
  { page: 'webhooks', group: 'service', scope: 'webhooks:write', Page: WebhooksPage, One: WebhookPage },
  {
    page: 'service-accounts',
    group: 'access',
    scope: 'service_accounts:write',
    Page: ServiceAccountsPage,
  },
  { page: 'operators', group: 'access', scope: 'operators:read', Page: OperatorsPage },
];

/** Returns the pages that a role includes. */
export const menuOf = ({ scopes }: Session): readonly Entry[] =>
  ENTRIES.filter(({ scope }) => scopes.includes(scope));

/** Returns the page of an address, whether the role includes it or not. */
export const entryOf = (page: string): Entry | undefined => ENTRIES.find((entry) => entry.page === page);
