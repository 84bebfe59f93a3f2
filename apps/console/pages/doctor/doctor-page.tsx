import type { DoctorReport } from '../../api/types.js';
import { examination, examine } from '../../state/doctor.js';
import { Badge } from '../../parts/badge.js';
import { FindingNotice } from '../../parts/finding-notice.js';
import { Card, Page } from '../../parts/page.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Table } from '../../parts/table.js';
import { Time } from '../../parts/time.js';
import { texts } from '../../texts/texts.js';

const words = texts.doctor;
const TONES = { ok: 'good', problem: 'bad', hint: 'warn', unchecked: 'quiet', unused: 'quiet' } as const;

/** Examines the installation: what is wrong, why, and what to do. */
export function DoctorPage() {
  const { isRunning, last, problem } = examination.use();
  return (
    <Page
      title={words.title}
      actions={
        <button type="button" class="primary" aria-disabled={isRunning} onClick={() => void examine()}>
          {last ? words.again : words.run}
        </button>
      }
    >
      <p class="lead">{words.text}</p>
      <p class="running" role="status">
        {isRunning && words.running}
      </p>
      {problem && <ProblemNotice problem={problem} retry={() => void examine()} />}
      {last ? (
        <Report key={last.at} {...last} />
      ) : (
        !isRunning && !problem && <p class="empty">{words.never}</p>
      )}
    </Page>
  );
}

function Report({ report: { problems, checks }, at }: { report: DoctorReport; at: string }) {
  const findings = checks.flatMap((check) => check.findings);
  const [tone, summary] =
    problems > 0 ? (['bad', words.problems(problems)] as const) : (['good', words.noProblem] as const);
  return (
    <>
      <p class="summary">
        <Badge tone={tone} text={summary} />{' '}
        <span class="muted">
          {words.at} <Time at={at} to="second" />
        </span>
      </p>
      {findings
        .toSorted((a, b) => Number(a.is_hint) - Number(b.is_hint))
        .map((finding, index) => (
          <FindingNotice key={index} finding={finding} />
        ))}
      <Card title={words.checks}>
        <Table
          label={words.checks}
          rows={checks}
          keyOf={({ name }) => name}
          columns={[
            { head: words.columns.check, kind: 'wide', cell: ({ title }) => title },
            {
              head: words.columns.state,
              cell: ({ state }) => <Badge tone={TONES[state]} text={words.states[state]} />,
            },
          ]}
        />
      </Card>
    </>
  );
}
