import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiProblem } from '../api/api-problem.js';
import { read } from '../api/call.js';
import { isAttended } from './attention.js';
import type { Pages } from './use-pages.js';

/** From here on the reader has scrolled away from the newest rows. */
const AT_TOP_PX = 80;

/**
 * Looks for newer items of a list, the newest first, while somebody may look at the page. At the top of the page they appear by themselves;
 * further down they wait, so that the rows that somebody reads do not move.
 * @param path of the first page
 */
export function useNewer<T extends { id: string }>(path: string, pages: Pages<T>, everyMs: number) {
  const [waiting, setWaiting] = useState<readonly T[]>([]);
  const current = useRef({ pages, waiting });
  current.current = { pages, waiting };

  const show = () => {
    current.current.pages.prepend(current.current.waiting);
    setWaiting([]);
  };

  useEffect(() => {
    const leaving = new AbortController();
    let etag: string | undefined;
    setWaiting([]);
    const look = async () => {
      const { items } = current.current.pages;
      if (!isAttended() || items === undefined) return;
      try {
        const answer = await read<{ items: T[] }>(path, etag, leaving.signal);
        etag = answer.etag;
        if (answer.body) take(answer.body.items);
      } catch (error) {
        // The next look may succeed; the list itself reports what it cannot read.
        if (!leaving.signal.aborted) ApiProblem.from(error);
      }
    };
    const take = (newest: readonly T[]) => {
      const { pages: now, waiting: before } = current.current;
      const known = new Set([...before, ...(now.items ?? [])].map(({ id }) => id));
      const fresh = newest.filter(({ id }) => !known.has(id));
      if (fresh.length === 0) return;
      const isGap = fresh.length === newest.length;
      const isAtTop = scrollY < AT_TOP_PX;
      if (isAtTop && isGap) void now.reload();
      else if (isAtTop) now.prepend([...fresh, ...before]);
      setWaiting(isAtTop ? [] : [...fresh, ...before]);
    };
    const timer = setInterval(() => void look(), everyMs);
    return () => {
      clearInterval(timer);
      leaving.abort();
    };
  }, [path, everyMs]);

  return { waiting: waiting.length, show };
}
