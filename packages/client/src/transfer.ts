import type { PortFunction } from './port.js';

/** The progress of a transfer. */
export interface Progress {
  /** Percent. */
  progress: number;
}

/** Starts `uploadFile` or `downloadFile` and reports its progress. Taro has another name for the listener of the task. */
export function startTransfer(
  start: PortFunction,
  options: object,
  onProgress: ((progress: Progress) => void) | undefined,
): unknown {
  const task = start(options as never) as Record<string, unknown> | undefined;
  const listen = task && (task['onProgressUpdate'] || task['progress']);
  if (onProgress && typeof listen === 'function')
    (listen as (listener: unknown) => unknown).call(task, onProgress);
  return task;
}
