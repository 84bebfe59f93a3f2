import type { LocalMessage } from '../link.js';
import { postToWorkbench } from '../runtime/workbench-link.js';

/** Shows in the workbench's picture what left the mini-program and got nowhere. */
export function postLocalMessage(to: LocalMessage['to'], label: string, error: unknown): void {
  postToWorkbench({
    type: 'happened',
    message: { to, label, reason: error instanceof Error ? error.message : String(error) },
  });
}
