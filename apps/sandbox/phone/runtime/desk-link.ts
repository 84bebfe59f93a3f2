import type { FromPhone, ToPhone } from '../link.js';

/** Tells the desk around this phone. A phone that is opened by itself has none, and talks to itself unheard. */
export function tellDesk(message: FromPhone): void {
  if (parent !== window) parent.postMessage(message, location.origin);
}

/** Calls back with what the desk says. */
export function hearDesk(listener: (message: ToPhone) => void): void {
  addEventListener('message', (event: MessageEvent<ToPhone>) => {
    if (event.source === parent && event.origin === location.origin) listener(event.data);
  });
}
