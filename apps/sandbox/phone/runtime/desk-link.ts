import type { FromPhone, ToPhone } from '../link.js';

/** Sends a message to the desk around this phone. A phone opened without a desk sends it to itself, without effect. */
export function tellDesk(message: FromPhone): void {
  if (parent !== window) parent.postMessage(message, location.origin);
}

/** Calls back with what the desk says. */
export function hearDesk(listener: (message: ToPhone) => void): void {
  addEventListener('message', (event: MessageEvent<ToPhone>) => {
    if (event.source === parent && event.origin === location.origin) listener(event.data);
  });
}
