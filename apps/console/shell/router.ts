import { useLayoutEffect, useState } from 'preact/hooks';

/** A page and what it shows: `#/users/019a…?tab=events`. */
export interface Route {
  /** The first part of the path; empty for the first page. */
  page: string;
  /** The second one: an id. */
  id: string | undefined;
  query: URLSearchParams;
}

function currentRoute(): Route {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [page = '', id] = path.split('/');
  return { page, id: id ? decoded(id) : undefined, query: new URLSearchParams(query) };
}

/** Returns a text that is no percent encoding as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Returns where the reader is, and renders the component again when that changes. */
export function useRoute(): Route {
  const [route, setRoute] = useState(currentRoute);
  // Not after the next frame: the address may change before it.
  useLayoutEffect(() => {
    const follow = () => setRoute(currentRoute());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}

/** Returns the address of a page. Parameters without a value are left out. */
export function hrefOf(page: string, id?: string, query: Record<string, string> = {}): string {
  const given = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
  const path = id === undefined ? page : `${page}/${encodeURIComponent(id)}`;
  return `#/${path}${given.size > 0 ? `?${given}` : ''}`;
}
