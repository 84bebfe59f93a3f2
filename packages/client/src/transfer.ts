import type { PortFunction } from './port.js';

/** How far a file has come. */
export interface Progress {
  /** Percent. */
  progress: number;
}

/** Starts `uploadFile` or `downloadFile` and listens to its task, which has another name for that in Taro. */
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
