import { useState } from 'preact/hooks';
import { call } from '../../api/call.js';
import type { List } from '../../api/types.js';
import { useResource } from '../../state/use-resource.js';
import { ActForm, type ValueOf } from '../../parts/act-form.js';
import { Checks } from '../../parts/checks.js';
import { Dialog } from '../../parts/dialog.js';
import { Field } from '../../parts/field.js';
import { Loaded } from '../../parts/loaded.js';
import { OnceDialog } from '../../parts/once-dialog.js';
import { Page } from '../../parts/page.js';
import { Table } from '../../parts/table.js';
import { Tags } from '../../parts/tags.js';
import { Time } from '../../parts/time.js';
import { hrefOf } from '../../shell/router.js';
import { texts } from '../../texts/texts.js';
import { WEBHOOK_EVENTS, type Webhook, type WebhookSecret } from './webhook.js';

const words = texts.webhooks;

/** The receivers of events. */
export function WebhooksPage() {
  const webhooks = useResource<List<Webhook>>('/webhooks');
  const [isAdding, setAdding] = useState(false);
  const [added, setAdded] = useState<WebhookSecret>();
  const { reload } = webhooks;
  const show = (secret: WebhookSecret) => {
    setAdding(false);
    setAdded(secret);
    void reload();
  };
  return (
    <Page
      title={words.title}
      actions={
        <button type="button" class="primary" onClick={() => setAdding(true)}>
          {words.add}
        </button>
      }
    >
      <p class="lead">{words.text}</p>
      <Loaded of={webhooks}>
        {({ items }) =>
          items.length === 0 ? <p class="empty">{words.empty}</p> : <Webhooks items={items} />
        }
      </Loaded>
      {isAdding && <AddDialog onAdded={show} close={() => setAdding(false)} />}
      {added && (
        <OnceDialog
          title={words.secretTitle}
          text={words.secretText}
          values={[[words.secret, added.secret]]}
          onClose={() => setAdded(undefined)}
        />
      )}
    </Page>
  );
}

function Webhooks({ items }: { items: readonly Webhook[] }) {
  return (
    <div class="card flush">
      <Table
        label={words.title}
        rows={items}
        keyOf={({ id }) => id}
        columns={[
          {
            head: words.columns.url,
            kind: 'wide',
            cell: ({ id, url }) => (
              <a class="break" href={hrefOf('webhooks', id)}>
                {url}
              </a>
            ),
          },
          { head: words.columns.events, cell: ({ events }) => <Tags values={events} /> },
          { head: words.columns.created, cell: ({ created_at }) => <Time at={created_at} /> },
        ]}
      />
    </div>
  );
}

function AddDialog({ onAdded, close }: { onAdded: (secret: WebhookSecret) => void; close: () => void }) {
  const add = async (valueOf: ValueOf, form: FormData) => {
    const body = { url: valueOf('url').trim(), events: form.getAll('event') };
    onAdded(await call<WebhookSecret>('POST', '/webhooks', body));
  };
  return (
    <Dialog title={words.addTitle} onClose={close}>
      <ActForm submit={words.add} act={add} onCancel={close}>
        <Field
          label={words.columns.url}
          name="url"
          required
          maxLength={512}
          hint={words.urlHint}
          autocomplete="off"
        />
        <Checks legend={words.columns.events} name="event" values={WEBHOOK_EVENTS} />
      </ActForm>
    </Dialog>
  );
}
