import { PROBLEMS } from '@app/problem';
import type { ApiProblem } from '../api/api-problem.js';
import { language, texts } from '../texts/texts.js';

interface Explanation {
  title: string;
  cause: string;
  fix: string;
}

/** Returns title, cause and fix of a code of docs/errors.md; undefined for one that this version does not know. */
export function explain(code: string): Explanation | undefined {
  const { unreachable, unreadable } = texts.common;
  const own: Record<string, Explanation> = { unreachable, unreadable };
  const spec = (PROBLEMS as Record<string, Record<keyof Explanation, Record<typeof language, string>>>)[code];
  return (
    own[code] ??
    (spec && { title: spec.title[language], cause: spec.cause[language], fix: spec.fix[language] })
  );
}

/** Shows why something failed: what it is, its cause, the fix, and where it is in the log. */
export function ProblemNotice({ problem, retry }: { problem: ApiProblem; retry?: () => void }) {
  const { code, detail, instance, retryAfterSeconds } = problem;
  const { title, cause, fix } = explain(code) ?? { title: code, cause: undefined, fix: undefined };
  const words = texts.common;
  return (
    <div class="problem" role="alert">
      <p>
        <strong>{title}</strong> <code>{code}</code>
      </p>
      {detail !== undefined && <p>{detail}</p>}
      {retryAfterSeconds !== undefined && <p>{words.waitSeconds(retryAfterSeconds)}</p>}
      {cause !== undefined && (
        <dl class="facts">
          <dt>{words.cause}</dt>
          <dd>
            <Marked text={cause} />
          </dd>
          <dt>{words.fix}</dt>
          <dd>
            <Marked text={fix} />
          </dd>
          {instance !== undefined && (
            <>
              <dt>{words.reference}</dt>
              <dd>
                <code>{instance}</code>
              </dd>
            </>
          )}
        </dl>
      )}
      {retry && (
        <button type="button" onClick={retry}>
          {words.retry}
        </button>
      )}
    </div>
  );
}

/** A text of the table of problems: `code` between backticks. */
export function Marked({ text }: { text: string }) {
  return (
    <>{text.split('`').map((part, index) => (index % 2 === 0 ? part : <code key={index}>{part}</code>))}</>
  );
}
