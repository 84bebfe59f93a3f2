import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './process.js';

/** Debian's nginx, in a process of its own. */
export class Nginx {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /**
   * @param folder for its files
   * @param server directives of the one server, which listens on a free port of 127.0.0.1
   */
  static async start(folder: string, server: string): Promise<Nginx> {
    const port = await freePort();
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((name) => `${name}_temp_path ${join(folder, name)};`)
      .join(' ');
    const file = join(folder, 'nginx.conf');
    writeFileSync(
      file,
      `daemon off; master_process off; pid ${join(folder, 'nginx.pid')}; error_log stderr;
       events {}
       http { access_log off; ${temporary} server { listen 127.0.0.1:${port}; ${server} } }`,
    );
    const child = spawn('/usr/sbin/nginx', ['-e', 'stderr', '-c', file], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    const giveUpAt = Date.now() + 10_000;
    while (!(await listens(port))) {
      if (child.exitCode !== null || Date.now() > giveUpAt)
        throw new Error(`nginx does not listen: ${errors}`);
      await sleep(20);
    }
    return new Nginx(child, `http://127.0.0.1:${port}`);
  }

  async stop(): Promise<void> {
    const exit = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exit;
  }
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const connected = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return connected;
}
