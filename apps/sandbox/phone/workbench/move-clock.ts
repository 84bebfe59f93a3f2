import { setClock } from '../clock.js';
import { ask } from './ask.js';
import { texts } from './texts.js';

/**
 * Moves the clock of the workbench, and of the service, forward.
 * @throws {Error} the service does not follow, or the sandbox refuses
 */
export async function moveClock(ms: number): Promise<void> {
  // The clock of the sandbox, because another tab may have moved it.
  const { aheadMs, followers } = await ask('GET', '/sandbox/clock');
  if (followers === 0) throw new Error(texts.controls.alone);
  const moved = await ask('PUT', '/sandbox/clock', { aheadMs: Number(aheadMs) + ms });
  if (typeof moved['aheadMs'] !== 'number') throw new Error(String(moved['error']));
  setClock(moved['aheadMs']);
}
