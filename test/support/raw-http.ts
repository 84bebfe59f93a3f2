import { connect } from 'node:net';

/** What a connection received. */
export interface RawAnswer {
  /** Of the first answer. */
  status: number;
  /** The member `code` of the first JSON body. */
  code: string | undefined;
  /** All bytes, read as text. */
  text: string;
}

/** Sends a request byte for byte, because fetch would normalise it, and reads until the service closes the connection. */
export function exchange(url: string, request: string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    let text = '';
    const socket = connect(Number(port), hostname)
      .setEncoding('utf8')
      .on('data', (chunk: string) => (text += chunk))
      .on('error', reject)
      .on('close', () => {
        resolve({
          status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]),
          code: /"code":"([^"]+)"/.exec(text)?.[1],
          text,
        });
      });
    socket.write(request);
  });
}

/**
 * Sends a request line as it is. The last request closes the connection.
 * @param times how many requests are pipelined
 */
export function rawRequest(url: string, method: string, target: string, times = 1): Promise<RawAnswer> {
  const head = `${method} ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\n`;
  return exchange(url, `${head}\r\n`.repeat(times - 1) + `${head}Connection: close\r\n\r\n`);
}
