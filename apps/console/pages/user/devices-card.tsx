import { useState } from 'preact/hooks';
import { call } from '../../api/call.js';
import type { List, User, UserSession } from '../../api/types.js';
import { useResource } from '../../state/use-resource.js';
import { ActForm } from '../../parts/act-form.js';
import { Dialog } from '../../parts/dialog.js';
import { Loaded } from '../../parts/loaded.js';
import { Card } from '../../parts/page.js';
import { Table } from '../../parts/table.js';
import { Ago, Time } from '../../parts/time.js';
import { toast } from '../../parts/toast.js';
import { nameOf } from '../../parts/user-name.js';
import { texts } from '../../texts/texts.js';

const words = texts.user.devices;
const nameOfDevice = ({ device }: UserSession) => device ?? words.unknown;

/** Where the user is logged in. */
export function DevicesCard({ user }: { user: User }) {
  const path = `/users/${user.id}/sessions`;
  const sessions = useResource<List<UserSession>>(path);
  const [ending, setEnding] = useState<UserSession | 'all'>();
  const { reload } = sessions;
  const close = () => setEnding(undefined);
  const end = async () => {
    const one = ending === 'all' || ending === undefined ? '' : `/${ending.id}`;
    await call('DELETE', path + one);
    await reload();
    close();
    toast(one === '' ? words.endedAll : words.ended);
  };
  const items = sessions.data?.items ?? [];
  return (
    <Card
      title={words.title}
      actions={
        items.length > 1 && (
          <button type="button" class="danger quiet" onClick={() => setEnding('all')}>
            {words.endAll}
          </button>
        )
      }
    >
      <Loaded of={sessions}>
        {() =>
          items.length === 0 ? (
            <p class="empty">{words.empty}</p>
          ) : (
            <Sessions items={items} onEnd={setEnding} />
          )
        }
      </Loaded>
      {ending !== undefined && (
        <Dialog
          title={ending === 'all' ? words.endAllTitle(nameOf(user)) : words.endOne(nameOfDevice(ending))}
          onClose={close}
        >
          <p>{ending === 'all' ? words.endAllText(items.length) : words.endOneText}</p>
          <ActForm isDanger submit={ending === 'all' ? words.endAll : words.end} act={end} onCancel={close} />
        </Dialog>
      )}
    </Card>
  );
}

function Sessions({ items, onEnd }: { items: readonly UserSession[]; onEnd: (one: UserSession) => void }) {
  return (
    <Table
      label={words.title}
      rows={items}
      keyOf={({ id }) => id}
      columns={[
        {
          head: words.columns.device,
          kind: 'wide',
          cell: (one) => (
            <>
              <bdi>{nameOfDevice(one)}</bdi>
              <span class="second">
                <code>{one.appid}</code> {one.ip}
              </span>
            </>
          ),
        },
        { head: words.columns.lastUsed, cell: ({ last_used_at }) => <Ago at={last_used_at} /> },
        { head: words.columns.created, cell: ({ created_at }) => <Time at={created_at} /> },
        {
          head: words.end,
          kind: 'act',
          cell: (one) => (
            <button
              type="button"
              class="danger quiet small"
              aria-label={words.endOne(nameOfDevice(one))}
              onClick={() => onEnd(one)}
            >
              {words.end}
            </button>
          ),
        },
      ]}
    />
  );
}
