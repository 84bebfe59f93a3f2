import { EventResponse } from './event.dto.js';
import type { EventPage } from '@app/audit';

/** Rows of one export at most: the newest ones. */
export const MAX_CSV_ROWS = 10_000;
/** Read for one export: a filter that matches few must not read a whole log of years. */
const MAX_PAGES = 50;
const COLUMNS = [
  ...(['id', 'at', 'kind', 'user_id', 'session_id', 'appid'] as const),
  ...(['ip', 'user_agent', 'actor', 'detail'] as const),
];
/** Excel reads a file without it in the code page of the machine. */
const BYTE_ORDER_MARK = '\uFEFF';
/**
 * A spreadsheet takes a cell that begins so for a formula, in full width too, and in some countries a semicolon begins a cell.
 * User agents are texts of clients.
 */
const FORMULA = /(^|;)(\s*)(?=[=+\-@＝＋－＠])/g;

/**
 * Yields the parts of a CSV file (RFC 4180) with a header, one for each page.
 * @param page returns the events before an id
 */
export async function* csvOf(
  page: (before: string | undefined) => Promise<EventPage>,
): AsyncGenerator<string> {
  yield `${BYTE_ORDER_MARK}${lineOf(COLUMNS)}`;
  let before: string | undefined;
  let rows = 0;
  let pages = 0;
  do {
    const { items, next } = await page(before);
    const taken = items.slice(0, MAX_CSV_ROWS - rows).map((event) => EventResponse.of(event));
    yield taken.map((event) => lineOf(COLUMNS.map((column) => event[column]))).join('');
    rows += taken.length;
    before = next;
  } while (before !== undefined && rows < MAX_CSV_ROWS && (pages += 1) < MAX_PAGES);
}

const lineOf = (cells: readonly (string | null)[]): string => `${cells.map(cellOf).join(',')}\r\n`;

function cellOf(text: string | null): string {
  if (text === null) return '';
  const literal = text.replace(FORMULA, "$1'$2");
  return /[",\r\n]/.test(literal) ? `"${literal.replaceAll('"', '""')}"` : literal;
}
