import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** The proxies of Debian that tests start, each with a configuration of the test's own. */
const PROXIES = {
  nginx: { binary: '/usr/sbin/nginx', package: 'nginx' },
  caddy: { binary: '/usr/bin/caddy', package: 'caddy' },
  apache: { binary: '/usr/sbin/apache2', package: 'apache2-bin' },
  pgbouncer: { binary: '/usr/sbin/pgbouncer', package: 'pgbouncer' },
} as const;

export type ProxyName = keyof typeof PROXIES;

/** The proxies in front of the service: of HTTP. */
export type HttpProxyName = Exclude<ProxyName, 'pgbouncer'>;

/** Whether the tests of this proxy are skipped, with a warning. In CI a missing package is a fault: they fail then. */
export function isMissing(name: ProxyName): boolean {
  const { binary } = PROXIES[name];
  if (existsSync(binary) || process.env['CI'] === 'true') return false;
  console.warn(`the tests of ${name} are skipped: ${howToInstall(name)}`);
  return true;
}

const howToInstall = (name: ProxyName) =>
  `${PROXIES[name].binary} is not there. On Debian or Ubuntu: apt-get install ${PROXIES[name].package}`;

/** A real proxy in the foreground: a process of its own. */
export class Daemon {
  private readonly child: ChildProcess;
  private output = '';

  private constructor(name: ProxyName, args: readonly string[], folder: string) {
    const { binary } = PROXIES[name];
    if (!existsSync(binary)) throw new Error(howToInstall(name));
    this.child = spawn(binary, args, {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
  }

  /**
   * Starts it and waits until its port answers.
   * @param folder where it may write
   */
  static async start(
    name: ProxyName,
    args: readonly string[],
    folder: string,
    port: number,
  ): Promise<Daemon> {
    const daemon = new Daemon(name, args, folder);
    const deadline = Date.now() + 30_000;
    while (!(await answers(port))) {
      if (daemon.child.exitCode !== null || Date.now() > deadline)
        throw new Error(`${name} does not listen:\n${daemon.output}`);
      await sleep(20);
    }
    return daemon;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const closed = once(this.child, 'close');
    this.child.kill('SIGTERM');
    await closed;
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).on('error', () => {
      resolve(false);
    });
  });
}
