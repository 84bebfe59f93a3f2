import { Card } from '../../parts/page.js';
import { explain, Marked } from '../../parts/problem-notice.js';
import { Table } from '../../parts/table.js';
import { formatNumber } from '../../parts/time.js';
import { texts } from '../../texts/texts.js';
import type { Refusal } from './stats.js';

const words = texts.overview;

/** Why logins were refused, with the cause and the fix of each code. */
export function RefusalsCard({ refusals }: { refusals: readonly Refusal[] }) {
  return (
    <Card title={words.refusalsByCode}>
      {refusals.length === 0 ? (
        <p class="empty">{words.noRefusal}</p>
      ) : (
        <Table
          label={words.refusalsByCode}
          rows={refusals}
          keyOf={({ code }) => code}
          columns={[
            { head: words.columns.code, kind: 'wide', cell: ({ code }) => <Explained code={code} /> },
            { head: words.columns.count, kind: 'number', cell: ({ count }) => formatNumber(count) },
          ]}
        />
      )}
    </Card>
  );
}

function Explained({ code }: { code: string }) {
  const found = explain(code);
  if (!found) return <code>{code}</code>;
  return (
    <>
      {found.title} <code class="muted">{code}</code>
      <dl class="facts second">
        <dt>{texts.common.cause}</dt>
        <dd>
          <Marked text={found.cause} />
        </dd>
        <dt>{texts.common.fix}</dt>
        <dd>
          <Marked text={found.fix} />
        </dd>
      </dl>
    </>
  );
}
