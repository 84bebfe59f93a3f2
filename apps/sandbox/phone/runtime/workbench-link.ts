import type { FromPhone, ToPhone } from '../link.js';

/** Sends a message to the workbench around this phone. A phone opened without a workbench sends it to itself, without effect. */
export function postToWorkbench(message: FromPhone): void {
  if (parent !== window) parent.postMessage(message, location.origin);
}

/** Calls back with what the workbench says. */
export function onWorkbenchMessage(listener: (message: ToPhone) => void): void {
  addEventListener('message', (event: MessageEvent<ToPhone>) => {
    if (event.source === parent && event.origin === location.origin) listener(event.data);
  });
}
