import type { List } from '../../api/types.js';
import { useResource } from '../../state/use-resource.js';
import { Loaded } from '../../parts/loaded.js';
import { None } from '../../parts/none.js';
import { Page } from '../../parts/page.js';
import { Table } from '../../parts/table.js';
import { texts } from '../../texts/texts.js';

const words = texts.apps;

interface App {
  appid: string;
  name?: string;
}

/** The mini-programs of the service. They come from its environment or its file, and are not changed here. */
export function AppsPage() {
  const apps = useResource<List<App>>('/apps');
  return (
    <Page title={words.title}>
      <p class="lead">{words.text}</p>
      <Loaded of={apps}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="empty">{words.empty}</p>
          ) : (
            <div class="card flush">
              <Table
                label={words.title}
                rows={items}
                keyOf={({ appid }) => appid}
                columns={[
                  { head: words.columns.appid, kind: 'wide', cell: ({ appid }) => <code>{appid}</code> },
                  { head: words.columns.name, cell: ({ name }) => name ?? <None /> },
                ]}
              />
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}
