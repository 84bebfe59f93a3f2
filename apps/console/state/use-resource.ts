import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ApiProblem } from '../api/api-problem.js';
import { read } from '../api/call.js';
import { isAttended } from './attention.js';

/** What a page reads of the service. */
export interface Resource<T> {
  /** Undefined until the first answer. */
  data: T | undefined;
  /** Of the last read: {@link data} may still be there from the read before. */
  problem: ApiProblem | undefined;
  /** Reads again. */
  reload: () => Promise<void>;
  /** Replaces what was read by the answer of a change. */
  set: (data: T) => void;
}

interface State<T> {
  path: string;
  data?: T;
  etag?: string | undefined;
  problem?: ApiProblem | undefined;
}

/**
 * Reads a route of the admin API, and again at intervals while somebody may look at the page.
 * @param path below `/api/admin`; a change reads the new one
 * @param everyMs no repetition without it
 */
export function useResource<T>(path: string, everyMs?: number): Resource<T> {
  const [state, setState] = useState<State<T>>({ path });
  const latest = useRef(state);
  const update = (next: State<T>) => {
    latest.current = next;
    setState(next);
  };

  const load = useCallback(
    async (signal?: AbortSignal) => {
      const before: State<T> = latest.current.path === path ? latest.current : { path };
      try {
        const { body, etag } = await read<T>(path, before.etag, signal);
        if (signal?.aborted) return;
        if (body !== undefined) update({ path, data: body, etag });
        else if (before.problem) update({ ...before, problem: undefined });
      } catch (error) {
        if (signal?.aborted) return;
        update({ ...before, problem: ApiProblem.from(error) });
      }
    },
    [path],
  );

  useEffect(() => {
    const leaving = new AbortController();
    void load(leaving.signal);
    const timer =
      everyMs === undefined
        ? undefined
        : setInterval(() => {
            if (isAttended()) void load(leaving.signal);
          }, everyMs);
    return () => {
      clearInterval(timer);
      leaving.abort();
    };
  }, [load, everyMs]);

  const { data, problem } = state.path === path ? state : { data: undefined, problem: undefined };
  return {
    data,
    problem,
    reload: useCallback(() => load(), [load]),
    set: useCallback((next: T) => update({ path, data: next }), [path]),
  };
}
