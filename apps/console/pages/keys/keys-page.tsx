import { useState } from 'preact/hooks';
import { call } from '../../api/call.js';
import type { List } from '../../api/types.js';
import { useResource } from '../../state/use-resource.js';
import { ActForm } from '../../parts/act-form.js';
import { Badge } from '../../parts/badge.js';
import { Dialog } from '../../parts/dialog.js';
import { Loaded } from '../../parts/loaded.js';
import { Page } from '../../parts/page.js';
import { Table } from '../../parts/table.js';
import { Time } from '../../parts/time.js';
import { toast } from '../../parts/toast.js';
import { texts } from '../../texts/texts.js';

const words = texts.keys;
const TONES = { next: 'quiet', current: 'good', previous: 'quiet' } as const;

interface Key {
  id: string;
  state: 'next' | 'current' | 'previous';
  created_at: string;
}

/** The keys that sign access tokens, and their rotation. */
export function KeysPage() {
  const keys = useResource<List<Key>>('/keys');
  const [open, setOpen] = useState<'rotate' | { compromised: string }>();
  const close = () => setOpen(undefined);
  const rotate = async () => {
    keys.set(await call<List<Key>>('POST', '/keys/rotate'));
    close();
    toast(words.rotated);
  };
  const drop = async (kid: string) => {
    keys.set(await call<List<Key>>('POST', `/keys/${encodeURIComponent(kid)}/compromised`));
    close();
    toast(words.dropped);
  };
  return (
    <Page
      title={words.title}
      actions={
        <button type="button" onClick={() => setOpen('rotate')}>
          {words.rotate}
        </button>
      }
    >
      <p class="lead">{words.text}</p>
      <Loaded of={keys}>
        {({ items }) => (
          <div class="card flush">
            <Table
              label={words.title}
              rows={items}
              keyOf={({ id }) => id}
              columns={[
                { head: words.columns.id, kind: 'wide', cell: ({ id }) => <code>{id}</code> },
                {
                  head: words.columns.state,
                  cell: ({ state }) => (
                    <>
                      <Badge tone={TONES[state]} text={words.states[state].name} />
                      <span class="second">{words.states[state].what}</span>
                    </>
                  ),
                },
                { head: words.columns.created, cell: ({ created_at }) => <Time at={created_at} /> },
                {
                  head: words.compromised,
                  kind: 'act',
                  // The next key has signed nothing: it is not dropped.
                  cell: ({ id, state }) =>
                    state !== 'next' && (
                      <button
                        type="button"
                        class="danger quiet small"
                        aria-label={words.compromisedTitle(id)}
                        onClick={() => setOpen({ compromised: id })}
                      >
                        {words.compromised}
                      </button>
                    ),
                },
              ]}
            />
          </div>
        )}
      </Loaded>
      {open === 'rotate' && (
        <Dialog title={words.rotateTitle} onClose={close}>
          <p>{words.rotateText}</p>
          <ActForm submit={words.rotate} act={rotate} onCancel={close} />
        </Dialog>
      )}
      {typeof open === 'object' && (
        <Dialog title={words.compromisedTitle(open.compromised)} onClose={close}>
          {words.compromisedText.map((text) => (
            <p key={text}>{text}</p>
          ))}
          <ActForm
            isDanger
            submit={words.compromisedAct}
            act={() => drop(open.compromised)}
            onCancel={close}
          />
        </Dialog>
      )}
    </Page>
  );
}
