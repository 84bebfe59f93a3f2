import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ApiProblem } from '../api/api-problem.js';
import { call } from '../api/call.js';

interface Page<T> {
  items: T[];
  next_cursor?: string;
}

interface State<T> {
  items: T[] | undefined;
  next: string | undefined;
  problem: ApiProblem | undefined;
  isLoading: boolean;
}

/** A list of the admin API, of which the reader asks for one page after the other. */
export interface Pages<T> extends State<T> {
  /** Reads the next page. */
  more: () => Promise<void>;
  /** Reads the first page again. */
  reload: () => Promise<void>;
  /** Puts new items before the others. */
  prepend: (items: readonly T[]) => void;
}

const START = { items: undefined, next: undefined, problem: undefined, isLoading: true };

/** @param path below `/api/admin`, with its query but without a cursor; a change reads the new one */
export function usePages<T>(path: string): Pages<T> {
  const [state, setState] = useState<State<T>>(START);
  const latest = useRef<{ path: string; state: State<T> }>({ path, state });
  const update = (of: string, next: State<T>) => {
    // An answer to a list that the reader has left.
    if (latest.current.path !== of) return;
    latest.current.state = next;
    setState(next);
  };

  const load = useCallback(
    async (cursor?: string) => {
      const { items } = latest.current.state;
      update(path, { ...latest.current.state, problem: undefined, isLoading: true });
      try {
        const query = cursor === undefined ? '' : `${path.includes('?') ? '&' : '?'}cursor=${cursor}`;
        const page = await call<Page<T>>('GET', path + query);
        const before = cursor === undefined ? [] : (items ?? []);
        update(path, {
          items: [...before, ...page.items],
          next: page.next_cursor,
          problem: undefined,
          isLoading: false,
        });
      } catch (error) {
        update(path, { ...latest.current.state, problem: ApiProblem.from(error), isLoading: false });
      }
    },
    [path],
  );

  useEffect(() => {
    latest.current = { path, state: START };
    setState(START);
    void load();
  }, [load]);

  return {
    ...state,
    more: () => load(state.next),
    reload: () => load(),
    prepend: (items) => {
      const { state: now } = latest.current;
      update(path, { ...now, items: [...items, ...(now.items ?? [])] });
    },
  };
}
