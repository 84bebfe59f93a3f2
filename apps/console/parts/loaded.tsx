import type { ComponentChildren } from 'preact';
import type { Resource } from '../state/use-resource.js';
import { texts } from '../texts/texts.js';
import { ProblemNotice } from './problem-notice.js';

/** Shows what was read; until then that it is loading, or why it cannot be read. */
export function Loaded<T>({ of, children }: { of: Resource<T>; children: (data: T) => ComponentChildren }) {
  const { data, problem, reload } = of;
  return (
    <>
      {problem && <ProblemNotice problem={problem} retry={() => void reload()} />}
      {data !== undefined ? children(data) : !problem && <Loading />}
    </>
  );
}

/** Grey lines, after a moment: most answers come before. */
export function Loading() {
  return (
    <div class="loading" role="status">
      <span class="hidden">{texts.common.loading}</span>
    </div>
  );
}
