import type { Words } from '../language.js';
import type { Translate } from '../program/translate.js';
import type { Progress } from './copy-database.js';

const STEPS: Readonly<Record<Progress['step'], Words>> = {
  copy: { en: '{table}: {rows} of {of} rows', zh: '{table}：已复制 {rows} / {of} 行' },
  compare: { en: '{table}: {rows} of {of} rows compared', zh: '{table}：已核对 {rows} / {of} 行' },
};

const EVERY_MS = 1000;

/**
 * Returns a function that writes the progress: of each table with rows the first and the last line, and at most one a second
 * between them.
 * With `asJson` a line is `{"progress": {"step", "table", "rows", "of"}}`.
 */
export function progressReport(
  write: (line: string) => unknown,
  asJson: boolean,
  t: Translate,
): (progress: Progress) => void {
  let last: Progress | undefined;
  let writtenAt = -Infinity;
  return (progress) => {
    const isFirst = progress.table !== last?.table || progress.step !== last.step;
    last = progress;
    if (progress.rows + progress.of === 0) return;
    const now = performance.now();
    if (!isFirst && progress.rows < progress.of && now - writtenAt < EVERY_MS) return;
    writtenAt = now;
    const { step, table, rows, of } = progress;
    write(`${asJson ? JSON.stringify({ progress }) : t(STEPS[step], { table, rows, of })}\n`);
  };
}
