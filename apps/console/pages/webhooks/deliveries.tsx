import { useState } from 'preact/hooks';
import { call } from '../../api/call.js';
import { usePages } from '../../state/use-pages.js';
import { ActForm } from '../../parts/act-form.js';
import { Badge } from '../../parts/badge.js';
import { Dialog } from '../../parts/dialog.js';
import { shortId } from '../../parts/id.js';
import { ListOf } from '../../parts/list-of.js';
import { None } from '../../parts/none.js';
import { Card } from '../../parts/page.js';
import { Segments } from '../../parts/segments.js';
import { type Column, Table } from '../../parts/table.js';
import { Time } from '../../parts/time.js';
import { toast } from '../../parts/toast.js';
import { hrefOf, useRoute } from '../../shell/router.js';
import { texts } from '../../texts/texts.js';
import type { Delivery } from './webhook.js';

const words = texts.webhooks;
const STATES = ['all', 'pending', 'delivered', 'dead'] as const;
const TONES = { pending: 'warn', delivered: 'good', dead: 'bad' } as const;

/** What a receiver got, what waits, and what failed for good; delivered and dead ones can be sent again. */
export function Deliveries({ id }: { id: string }) {
  const { query } = useRoute();
  const state = STATES.find((each) => each === query.get('state')) ?? 'all';
  const pages = usePages<Delivery>(`/webhooks/${id}/deliveries?${state === 'all' ? '' : `state=${state}`}`);
  const [replaying, setReplaying] = useState<Delivery | 'dead'>();
  const close = () => setReplaying(undefined);
  const replay = async () => {
    const body = replaying === 'dead' || replaying === undefined ? {} : { delivery_id: replaying.id };
    const { replayed } = await call<{ replayed: number }>('POST', `/webhooks/${id}/replay`, body);
    close();
    toast(words.replayed(replayed));
    await pages.reload();
  };
  return (
    <Card
      title={words.deliveries}
      actions={
        <>
          <button type="button" onClick={() => void pages.reload()}>
            {words.reload}
          </button>
          <button type="button" onClick={() => setReplaying('dead')}>
            {words.replayDead}
          </button>
        </>
      }
    >
      <Segments
        label={words.columns.state}
        value={state}
        options={STATES.map((each) => [each, words.states[each]] as const)}
        hrefOf={(each) => hrefOf('webhooks', id, { state: each === 'all' ? '' : each })}
      />
      <ListOf pages={pages} empty={words.noDelivery}>
        {(items) => (
          <Table
            label={words.deliveries}
            rows={items}
            keyOf={(one) => one.id}
            columns={[...COLUMNS, replayColumn(setReplaying)]}
          />
        )}
      </ListOf>
      {replaying && (
        <Dialog
          title={replaying === 'dead' ? words.replayDead : words.replayTitle(replaying.event)}
          onClose={close}
        >
          <p>{replaying === 'dead' ? words.replayDeadText : words.replayText}</p>
          <ActForm submit={words.replay} act={replay} onCancel={close} />
        </Dialog>
      )}
    </Card>
  );
}

const COLUMNS: readonly Column<Delivery>[] = [
  {
    head: words.columns.event,
    kind: 'wide',
    cell: ({ event, event_id }) => (
      <>
        <code>{event}</code>
        <span class="second">{shortId(event_id)}</span>
      </>
    ),
  },
  {
    head: words.columns.user,
    cell: ({ user_id }) =>
      user_id === null ? (
        <None />
      ) : (
        <a href={hrefOf('users', user_id)}>
          <code>{shortId(user_id)}</code>
        </a>
      ),
  },
  {
    head: words.columns.state,
    cell: ({ state, last_result, attempts }) => (
      <>
        <Badge tone={TONES[state]} text={words.states[state]} />
        <span class="second">
          {words.attempts(attempts)}
          {last_result !== null && `: ${last_result}`}
        </span>
      </>
    ),
  },
  {
    head: words.columns.created,
    cell: ({ created_at, next_attempt_at, state }) => (
      <>
        <Time at={created_at} to="second" />
        {state === 'pending' && next_attempt_at !== null && (
          <span class="second">
            {words.next} <Time at={next_attempt_at} to="second" />
          </span>
        )}
      </>
    ),
  },
];

const replayColumn = (onReplay: (one: Delivery) => void): Column<Delivery> => ({
  head: words.replay,
  kind: 'act',
  cell: (one) =>
    one.state !== 'pending' && (
      <button
        type="button"
        class="small"
        aria-label={`${words.replayTitle(one.event)} ${shortId(one.event_id)}`}
        onClick={() => onReplay(one)}
      >
        {words.replay}
      </button>
    ),
});
