import type { AuditEvent, List } from '../../api/types.js';
import { useResource } from '../../state/use-resource.js';
import { EventTable } from '../../parts/event-table.js';
import { Loaded } from '../../parts/loaded.js';
import { Card } from '../../parts/page.js';
import { hrefOf } from '../../shell/router.js';
import { texts } from '../../texts/texts.js';

const words = texts.user.events;
const EVERY_MS = 15_000;

/** The newest events of a user. */
export function UserEventsCard({ id }: { id: string }) {
  const events = useResource<List<AuditEvent>>(`/events?limit=10&user_id=${id}`, EVERY_MS);
  return (
    <Card
      title={words.title}
      actions={<a href={hrefOf('events', undefined, { user_id: id })}>{words.all}</a>}
    >
      <Loaded of={events}>
        {({ items }) =>
          items.length > 0 ? (
            <EventTable events={items} isOfOneUser />
          ) : (
            <p class="empty">{texts.events.empty}</p>
          )
        }
      </Loaded>
    </Card>
  );
}
