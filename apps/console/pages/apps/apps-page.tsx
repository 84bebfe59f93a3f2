import type { List } from '../../api/types.js';
import { useResource } from '../../state/use-resource.js';
import { Loaded } from '../../parts/loaded.js';
import { Page } from '../../parts/page.js';
import { texts } from '../../texts/texts.js';
import type { App } from './app.js';
import { AppCard } from './app-card.js';

const words = texts.apps;
const EVERY_MS = 15_000;

/** The mini-programs of the service. They come from its environment or its file, and are not changed here. */
export function AppsPage() {
  const apps = useResource<List<App>>('/apps', EVERY_MS);
  return (
    <Page title={words.title}>
      <p class="lead">{words.text}</p>
      <Loaded of={apps}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="empty">{words.empty}</p>
          ) : (
            <div class="apps">
              {items.map((app) => (
                <AppCard key={app.appid} app={app} />
              ))}
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}
