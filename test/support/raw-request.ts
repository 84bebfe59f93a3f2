import { connect } from 'node:net';

/**
 * Sends a request line by hand, because fetch would tidy the path up, on a connection that the last request closes.
 * @param times how often, one behind the other
 * @returns the status of the first answer, and all that came back
 */
export function rawRequest(
  url: string,
  method: string,
  target: string,
  times = 1,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    let text = '';
    const socket = connect(Number(port), hostname)
      .setEncoding('utf8')
      .on('data', (part: string) => (text += part))
      .on('error', reject)
      .on('close', () => {
        resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]), text });
      });
    const head = `${method} ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\n`;
    socket.write(`${head}\r\n`.repeat(times - 1) + `${head}Connection: close\r\n\r\n`);
  });
}
