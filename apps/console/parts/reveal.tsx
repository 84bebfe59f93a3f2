import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ApiProblem } from '../api/api-problem.js';
import { StepUpCancelled, withStepUp } from '../state/step-up.js';
import { texts } from '../texts/texts.js';
import { ProblemNotice } from './problem-notice.js';

interface Props<T> {
  /** What is revealed, for screen readers. */
  label: string;
  masked?: ComponentChildren;
  load: () => Promise<T>;
  children: (data: T) => ComponentChildren;
}

/** Something that the service gives only after a fresh code, and writes to the audit log. */
export function Reveal<T>({ label, masked, load, children }: Props<T>) {
  const [found, setFound] = useState<{ data: T }>();
  const [problem, setProblem] = useState<ApiProblem>();
  const reveal = () =>
    withStepUp(load).then(
      (data) => {
        setProblem(undefined);
        setFound({ data });
      },
      (error: unknown) => {
        if (!(error instanceof StepUpCancelled)) setProblem(ApiProblem.from(error));
      },
    );
  if (found) return <>{children(found.data)}</>;
  return (
    <>
      <span class="reveal">
        {masked}
        <button type="button" class="small" aria-label={label} onClick={() => void reveal()}>
          {texts.user.reveal}
        </button>
      </span>
      {problem && <ProblemNotice problem={problem} />}
    </>
  );
}
