import type { ComponentChildren } from 'preact';
import type { Pages } from '../state/use-pages.js';
import { texts } from '../texts/texts.js';
import { Loading } from './loaded.js';
import { ProblemNotice } from './problem-notice.js';

/** A list of the admin API with a button for its next page. */
export function ListOf<T>(props: {
  pages: Pages<T>;
  empty: string;
  children: (items: readonly T[]) => ComponentChildren;
}) {
  const { items, next, problem, isLoading, more, reload } = props.pages;
  const isEmpty = items?.length === 0 && next === undefined;
  return (
    <>
      {isEmpty ? <p class="empty">{props.empty}</p> : items && props.children(items)}
      {problem && <ProblemNotice problem={problem} retry={() => void (items ? more() : reload())} />}
      {isLoading && <Loading />}
      {next !== undefined && !isLoading && !problem && (
        <div class="more">
          <button type="button" onClick={() => void more()}>
            {texts.common.more}
          </button>
        </div>
      )}
    </>
  );
}
