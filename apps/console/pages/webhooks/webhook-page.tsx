import type { List } from '../../api/types.js';
import { useResource } from '../../state/use-resource.js';
import { Loaded } from '../../parts/loaded.js';
import { Card, Page } from '../../parts/page.js';
import { Tags } from '../../parts/tags.js';
import { Time } from '../../parts/time.js';
import { hrefOf } from '../../shell/router.js';
import { texts } from '../../texts/texts.js';
import { Deliveries } from './deliveries.js';
import type { Webhook } from './webhook.js';
import { WebhookActs } from './webhook-acts.js';

const words = texts.webhooks;

/** One receiver: its events, its secrets, and what was delivered. */
export function WebhookPage({ id }: { id: string }) {
  const webhooks = useResource<List<Webhook>>('/webhooks');
  const found = webhooks.data?.items.find((each) => each.id === id);
  return (
    <Page
      title={found?.url ?? words.title}
      trail={<a href={hrefOf('webhooks')}>← {words.all}</a>}
      actions={found && <WebhookActs webhook={found} reload={webhooks.reload} />}
    >
      <Loaded of={webhooks}>
        {() =>
          found ? (
            <>
              <Card title={words.about}>
                <dl class="facts">
                  <dt>{words.columns.events}</dt>
                  <dd>
                    <Tags values={found.events} />
                  </dd>
                  <dt>{words.columns.created}</dt>
                  <dd>
                    <Time at={found.created_at} />
                  </dd>
                  <dt>{words.secrets}</dt>
                  <dd>
                    {found.live_secrets}
                    {found.rotated_at !== null && (
                      <>
                        {' '}
                        · {words.rotatedAt} <Time at={found.rotated_at} />
                      </>
                    )}
                  </dd>
                </dl>
              </Card>
              <Deliveries id={id} />
            </>
          ) : (
            <p class="empty">{words.gone}</p>
          )
        }
      </Loaded>
    </Page>
  );
}
