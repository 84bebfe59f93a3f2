import { attempt } from './attempt.js';
import type { Port } from './port.js';

/**
 * Connects the copies of the client that use the same storage key. The list of listeners is a member of the platform's object,
 * so all copies must use the same object. If the object is sealed, a copy detects a change at its next refresh.
 * @returns a function that calls the listeners of the other copies
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
