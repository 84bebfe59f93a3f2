import { useState } from 'preact/hooks';
import type { Finding } from '../../api/types.js';
import { examination, findingsAbout } from '../../state/doctor.js';
import { useSession } from '../../state/session.js';
import { Badge } from '../../parts/badge.js';
import { FindingNotice } from '../../parts/finding-notice.js';
import { Copyable } from '../../parts/id.js';
import { Card } from '../../parts/page.js';
import { formatNumber } from '../../parts/time.js';
import { hrefOf } from '../../shell/router.js';
import { texts } from '../../texts/texts.js';
import { type App, nameOfApp } from './app.js';
import { TestPushDialog } from './test-push-dialog.js';

const words = texts.apps;

/** A mini-program: its limit and what it has used today, its pushes, and what the doctor has found. */
export function AppCard({ app }: { app: App }) {
  const { scopes } = useSession();
  const [isTesting, setTesting] = useState(false);
  const { last } = examination.use();
  const { appid, login_per_minute, push } = app;
  const findings = last && findingsAbout(appid, last.report);
  return (
    <Card
      title={nameOfApp(app)}
      actions={
        push.configured &&
        scopes.includes('users:write') && (
          <button type="button" class="small" onClick={() => setTesting(true)}>
            {words.test}
          </button>
        )
      }
    >
      <dl class="facts">
        <dt>appid</dt>
        <dd>
          <Copyable value={appid} />
        </dd>
        <dt>{words.limit}</dt>
        <dd>{login_per_minute === 0 ? words.noLimit : words.perMinute(formatNumber(login_per_minute))}</dd>
        <dt>{words.today}</dt>
        <dd>
          <Spent of={app.today} />
        </dd>
        <dt>{words.push}</dt>
        <dd>
          <Badge
            tone={push.configured ? 'good' : 'quiet'}
            text={push.configured ? words.configured : words.notConfigured}
          />{' '}
          {push.forwarded && words.forwarded}
        </dd>
        {scopes.includes('installation:read') && (
          <>
            <dt>{words.doctor}</dt>
            <dd>
              <Examined findings={findings} />
            </dd>
          </>
        )}
      </dl>
      {findings?.map((finding, index) => (
        <FindingNotice key={index} finding={finding} />
      ))}
      {isTesting && <TestPushDialog app={app} close={() => setTesting(false)} />}
    </Card>
  );
}

function Spent({ of: { logins, refusals, phone_numbers } }: { of: App['today'] }) {
  const counts = [
    [logins, words.spent.logins],
    [refusals, words.spent.refusals],
    [phone_numbers, words.spent.phones],
  ] as const;
  return (
    <ul class="counts">
      {counts.map(([count, text]) => (
        <li key={text}>
          {text} <strong>{formatNumber(count)}</strong>
        </li>
      ))}
    </ul>
  );
}

/** How much the last examination has found about a mini-program. */
function Examined({ findings }: { findings: readonly Finding[] | undefined }) {
  if (!findings) {
    return (
      <>
        <span class="muted">{words.unexamined}</span> <a href={hrefOf('doctor')}>{words.examine}</a>
      </>
    );
  }
  if (findings.length === 0) return <Badge tone="good" text={words.noFinding} />;
  const tone = findings.every(({ is_hint }) => is_hint) ? 'warn' : 'bad';
  return <Badge tone={tone} text={words.found(findings.length)} />;
}
