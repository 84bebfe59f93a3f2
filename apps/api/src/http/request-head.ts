import type { IncomingMessage } from 'node:http';
import { Problem } from '@app/problem';

/** The bound of the whole head; Node's own counts names and values only. */
export const MAX_HEAD_BYTES = 16 * 1024;
/** Node drops further headers silently, so a head with this many is refused: it may have had more. */
export const MAX_HEADERS = 200;

/** `: ` and the line end of each header. */
const HEADER_EXTRA_BYTES = 4;
/** Both spaces, `HTTP/1.1` and the line end of the request line, and the empty line. */
const REQUEST_LINE_EXTRA_BYTES = 14;

/**
 * Finds what makes the head of a request unacceptable: its number of headers, its size, or a second `Host`
 * (RFC 9112 section 3.2). Spaces around values are not counted; Node does not report them. A hot path.
 */
export function headProblem({ method = '', url = '', rawHeaders }: IncomingMessage): Problem | undefined {
  if (rawHeaders.length >= 2 * MAX_HEADERS) return new Problem('headers_too_large');
  let bytes = method.length + url.length + REQUEST_LINE_EXTRA_BYTES;
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    bytes += name.length + (rawHeaders[index + 1] ?? '').length + HEADER_EXTRA_BYTES;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  if (bytes > MAX_HEAD_BYTES) return new Problem('headers_too_large');
  if (hosts > 1) return new Problem('validation_failed', { detail: 'there are two Host headers' });
  return undefined;
}
