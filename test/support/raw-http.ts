import { connect } from 'node:net';

/** What came back on a connection. */
export interface RawAnswer {
  /** Of the first answer. */
  status: number;
  /** The member `code` of the first JSON body. */
  code: string | undefined;
  /** All bytes, read as text. */
  text: string;
}

/** Writes a request by hand, since fetch would tidy it up, and reads until the service closes the connection. */
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
