import { attempt } from './attempt.js';
import type { Port } from './port.js';

/**
 * Calls the other copies of the client that share the storage key, as far as they share the platform's object too: it
 * carries the list of listeners. A platform that seals its object has copies that find out at their next refresh.
 * @returns a function that calls the others
 */
export function joinBus(port: Port, key: string, listener: () => void): () => void {
  const name = `$${key}`;
  const carrier = port as unknown as Record<string, (() => void)[] | undefined>;
  const listeners = attempt(() => carrier[name] || (carrier[name] = [])) || [];
  listeners.push(listener);
  return () => {
    listeners.forEach((one) => {
      if (one !== listener) one();
    });
  };
}
