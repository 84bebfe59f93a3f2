import type { AuditEvent } from '../api/types.js';
import { hrefOf } from '../shell/router.js';
import { texts } from '../texts/texts.js';
import { shortId } from './id.js';
import { None } from './none.js';
import { type Column, Table } from './table.js';
import { Time } from './time.js';

const words = texts.events;
const none = <None />;

/** Returns what a kind of events is called; a kind that this version does not know has its own name. */
export const nameOfKind = (kind: string) => (words.kinds as Record<string, string>)[kind] ?? kind;

const USER: Column<AuditEvent> = {
  head: words.columns.user,
  cell: ({ user_id }) =>
    user_id === null ? (
      none
    ) : (
      <a href={hrefOf('users', user_id)}>
        <code>{shortId(user_id)}</code>
      </a>
    ),
};

const COLUMNS: readonly Column<AuditEvent>[] = [
  { head: words.columns.at, cell: ({ at }) => <Time at={at} to="second" /> },
  {
    head: words.columns.kind,
    kind: 'wide',
    cell: ({ kind, detail }) => (
      <>
        <span title={kind}>{nameOfKind(kind)}</span>
        {detail !== null && <bdi class="second">{detail}</bdi>}
      </>
    ),
  },
  USER,
  { head: words.columns.appid, cell: ({ appid }) => (appid === null ? none : <code>{appid}</code>) },
  {
    head: words.columns.actor,
    cell: ({ actor }) =>
      actor === null ? (
        none
      ) : (
        <bdi class="nowrap">{actor.startsWith('operator:') ? actor : shortId(actor)}</bdi>
      ),
  },
  {
    head: words.columns.device,
    cell: ({ ip, user_agent }) =>
      ip === null && user_agent === null ? (
        none
      ) : (
        <>
          {ip} {user_agent !== null && <bdi class="second">{user_agent}</bdi>}
        </>
      ),
  },
];

/** Events of the audit log, the newest first. */
export function EventTable({
  events,
  isOfOneUser = false,
}: {
  events: readonly AuditEvent[];
  isOfOneUser?: boolean;
}) {
  const columns = isOfOneUser ? COLUMNS.filter((column) => column !== USER) : COLUMNS;
  return <Table label={words.title} rows={events} keyOf={({ id }) => id} columns={columns} />;
}
