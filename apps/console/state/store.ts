import { useLayoutEffect, useState } from 'preact/hooks';

/** A value that components follow. */
export interface Store<T> {
  get(): T;
  set(value: T): void;
  /** Calls a function after each change. */
  follow(onChange: (value: T) => void): void;
  /** Returns the value, and renders the component again when it changes. */
  use(): T;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const followers = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const follow of followers) follow();
    },
    follow: (onChange) => void followers.add(() => onChange(value)),
    use() {
      const [, render] = useState({});
      // A plain effect runs after the next frame: a change before it would be lost.
      useLayoutEffect(() => {
        const follow = () => render({});
        followers.add(follow);
        return () => void followers.delete(follow);
      }, []);
      return value;
    },
  };
}
