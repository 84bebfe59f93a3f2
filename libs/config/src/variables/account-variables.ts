import { consents, integer, text } from '../validators.js';

/** The variables of what a person may ask of the account: deletion and consents. */
export const ACCOUNT_VARIABLES = {
  ACCOUNT_DELETION_COOLING_OFF_DAYS: integer(
    0,
    15,
  )({
    default: 7,
    desc: "Days between the request of a person to delete the account and the erasure. The person can cancel in between. China's rules for apps allow 15 working days in all.",
  }),
  DELETION_LEDGER: text({
    default: 'data/deletions.jsonl',
    desc: 'File that each deletion is appended to before it is committed: ids and times only. After a restored backup, `npm run passport -- users replay-deletions` erases again who is in it. It must not be stored with the database, and instances on several machines need a file each. If it cannot be written, nothing is deleted. See [personal-data.md](personal-data.md#restored-backups).',
  }),
  CONSENT_REQUIRED: consents({
    default: [],
    docs: 'none',
    desc: 'Consents that a login needs, for example `privacy:3,terms:2`: kind and version. A login without one of them is refused with `consent_required`, and a new version asks every user again at the next login. See [personal-data.md](personal-data.md#consents).',
  }),
};
