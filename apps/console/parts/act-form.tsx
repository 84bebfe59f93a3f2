import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ApiProblem } from '../api/api-problem.js';
import { StepUpCancelled, withStepUp } from '../state/step-up.js';
import { texts } from '../texts/texts.js';
import { ProblemNotice } from './problem-notice.js';

/** Returns what is in the input with a name. */
export type ValueOf = (name: string) => string;

interface Props {
  submit: string;
  isDanger?: boolean;
  /** Runs once more if the service wants a fresh code first. */
  act: (valueOf: ValueOf, form: FormData) => Promise<void>;
  onCancel?: () => void;
  children?: ComponentChildren;
}

/** A form that changes something: it shows why that failed, and cannot be sent twice. */
export function ActForm({ submit, isDanger = false, act, onCancel, children }: Props) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const send = async (form: HTMLFormElement) => {
    const data = new FormData(form);
    const valueOf = (name: string) => {
      const value = data.get(name);
      return typeof value === 'string' ? value : '';
    };
    setBusy(true);
    setProblem(undefined);
    try {
      await withStepUp(() => act(valueOf, data));
    } catch (error) {
      if (!(error instanceof StepUpCancelled)) setProblem(ApiProblem.from(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      class="act-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void send(event.currentTarget);
      }}
    >
      {children}
      {problem && <ProblemNotice problem={problem} />}
      <div class="buttons">
        <button type="submit" class={isDanger ? 'danger' : 'primary'} aria-disabled={isBusy}>
          {submit}
        </button>
        {onCancel && (
          <button type="button" onClick={onCancel}>
            {texts.common.cancel}
          </button>
        )}
      </div>
    </form>
  );
}
