import type { AuditEvent } from '../../api/types.js';
import { useNewer } from '../../state/use-newer.js';
import { usePages } from '../../state/use-pages.js';
import { EventTable } from '../../parts/event-table.js';
import { ListOf } from '../../parts/list-of.js';
import { Page } from '../../parts/page.js';
import { useRoute } from '../../shell/router.js';
import { texts } from '../../texts/texts.js';
import { EventFilters } from './event-filters.js';

const words = texts.events;
const EVERY_MS = 5000;
const PAGE_SIZE = '50';
const FILTERS = ['kind', 'user_id', 'appid', 'from', 'to'] as const;

/** The audit log, with its filters in the address of the page. */
export function EventsPage() {
  const { query } = useRoute();
  const filters = new URLSearchParams(
    FILTERS.flatMap((name) => {
      const value = query.get(name);
      return value ? [[name, value]] : [];
    }),
  );
  return (
    <Page
      title={words.title}
      actions={
        <a class="button" href={`/api/admin/events.csv?${filters}`} download>
          {words.export}
        </a>
      }
    >
      <EventFilters key={String(filters)} filters={filters} />
      <Events key={`list ${filters}`} filters={filters} />
    </Page>
  );
}

function Events({ filters }: { filters: URLSearchParams }) {
  const path = `/events?${new URLSearchParams([...filters, ['limit', PAGE_SIZE]])}`;
  const pages = usePages<AuditEvent>(path);
  const newer = useNewer(path, pages, EVERY_MS);
  return (
    <>
      {newer.waiting > 0 && (
        <button type="button" class="newer primary" onClick={newer.show}>
          {words.newer(newer.waiting)}
        </button>
      )}
      <ListOf pages={pages} empty={filters.size > 0 ? words.nothingFound : words.empty}>
        {(items) =>
          items.length > 0 && (
            <div class="card flush">
              <EventTable events={items} />
            </div>
          )
        }
      </ListOf>
    </>
  );
}
