import type { LocalMessage } from '../link.js';
import { tellDesk } from '../runtime/desk-link.js';

/** Shows in the desk's picture what left the mini-program and got nowhere. */
export function tellLocal(to: LocalMessage['to'], label: string, error: unknown): void {
  tellDesk({
    type: 'happened',
    message: { to, label, reason: error instanceof Error ? error.message : String(error) },
  });
}
