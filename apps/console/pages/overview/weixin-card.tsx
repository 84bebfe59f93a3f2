import { Badge } from '../../parts/badge.js';
import { Card } from '../../parts/page.js';
import { Table } from '../../parts/table.js';
import { formatNumber } from '../../parts/time.js';
import { texts } from '../../texts/texts.js';
import type { Stats } from './stats.js';

const words = texts.overview.weixin;
const TONES = { closed: 'good', half_open: 'warn', open: 'bad' } as const;

/** Whether WeChat answers, and how fast. */
export function WeixinCard({ weixin: { circuit, exchange_ms } }: Pick<Stats, 'weixin'>) {
  return (
    <Card title={words.title}>
      <dl class="facts">
        <dt>{words.circuit}</dt>
        <dd>
          <Badge tone={TONES[circuit]} text={words.circuits[circuit]} />
        </dd>
        <dt>{words.exchange}</dt>
        <dd>
          {exchange_ms === undefined ? words.noExchange : `${formatNumber(Math.round(exchange_ms))} ms`}
        </dd>
      </dl>
      <p class="notes">{words.note}</p>
    </Card>
  );
}

/** How many people each mini-program has. */
export function AppsCard({ apps }: Pick<Stats, 'apps'>) {
  const { columns, peopleByApp } = texts.overview;
  return (
    <Card title={peopleByApp}>
      <Table
        label={peopleByApp}
        rows={apps}
        keyOf={({ appid }) => appid}
        columns={[
          { head: columns.appid, kind: 'wide', cell: ({ appid }) => <code>{appid}</code> },
          { head: columns.people, kind: 'number', cell: ({ identities }) => formatNumber(identities) },
        ]}
      />
    </Card>
  );
}
