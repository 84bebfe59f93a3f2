import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../support/process.js';

const PROGRAMS = ['buildah', 'runc'];
const TAG = 'localhost/weapp-passport-test';
/** Without a daemon, and without user namespaces, which not every machine has. */
const ENV = { ...process.env, BUILDAH_ISOLATION: 'chroot' };
const LARGE = { env: ENV, maxBuffer: 64 * 1024 * 1024 };

const run = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { ...LARGE, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
const succeeds = (command: string, ...args: string[]) => spawnSync(command, args, LARGE).status === 0;

/** Returns why an image cannot be built and run here, or an empty string. */
export function missingForImages(): string {
  if (process.getuid?.() !== 0) return 'root';
  return PROGRAMS.filter((name) => !succeeds(name, '--version')).join(' and ');
}

/**
 * Builds deploy/Dockerfile, with the base images of the registry or, if it cannot be reached, with those of base-images.sh.
 * @returns the size of its packed layers in bytes
 */
export function buildImage(folder: string): number {
  const dockerfile = readFileSync(join(ROOT, 'deploy/Dockerfile'), 'utf8');
  const [, version = ''] = /node:(\d+)-bookworm-slim$/m.exec(dockerfile) ?? [];
  const base = `docker.io/library/node:${version}-bookworm`;
  const isThere = (image: string) =>
    succeeds('buildah', 'inspect', '--type', 'image', image) || succeeds('buildah', 'pull', image);
  if (!isThere(base) || !isThere(`${base}-slim`))
    run(fileURLToPath(new URL('base-images.sh', import.meta.url)), version);
  const host = ['--pull-never', '--network', 'host', '--volume', '/etc/ssl/certs:/etc/ssl/certs:ro'];
  run(
    'buildah',
    'bud',
    ...host,
    '--layers',
    '--format',
    'docker',
    '-f',
    'deploy/Dockerfile',
    '-t',
    TAG,
    ROOT,
  );
  run('buildah', 'push', TAG, `oci:${folder}/image`);
  const blobs = join(folder, 'image/blobs/sha256');
  return readdirSync(blobs).reduce((sum, name) => sum + statSync(join(blobs, name)).size, 0);
}

interface Spec {
  process: {
    terminal: boolean;
    user: object;
    args: string[];
    env: string[];
    cwd: string;
    capabilities: object;
  };
  root: object;
  mounts: object[];
  linux: { namespaces: { type: string }[]; resources: object };
}

/** A container of the built image, as deploy/one-server runs it: unprivileged, on a read-only root, with a limit of memory. */
export class Container {
  private readonly from = run('buildah', 'from', '--pull-never', TAG);
  private readonly name = `weapp-passport-${process.pid}`;
  private readonly process: ChildProcess;
  private readonly exit: Promise<number | null>;
  /** Everything it has printed. */
  output = '';

  /** @param data the folder that is mounted as /app/data */
  constructor(folder: string, data: string, env: Readonly<Record<string, string>>) {
    const { OCIv1: image } = JSON.parse(run('buildah', 'inspect', '--type', 'image', TAG)) as {
      OCIv1: { config: { Env: string[]; Cmd: string[]; User: string; WorkingDir: string } };
    };
    const { Env, Cmd, User, WorkingDir } = image.config;
    execFileSync('runc', ['spec', '--bundle', folder]);
    const file = join(folder, 'config.json');
    const spec = JSON.parse(readFileSync(file, 'utf8')) as Spec;
    spec.process.terminal = false;
    spec.process.user = { uid: Number(User), gid: Number(User) };
    spec.process.args = Cmd;
    spec.process.cwd = WorkingDir;
    spec.process.env = [...Env, ...Object.entries(env).map((pair) => pair.join('='))];
    spec.process.capabilities = {};
    spec.root = { path: run('buildah', 'mount', this.from), readonly: true };
    spec.mounts.push(
      { destination: '/tmp', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'nodev'] },
      { destination: `${WorkingDir}/data`, type: 'bind', source: data, options: ['rbind', 'rw'] },
    );
    spec.linux.namespaces = spec.linux.namespaces.filter(({ type }) => type !== 'network');
    spec.linux.resources = { memory: { limit: 384 * 1024 * 1024 } };
    writeFileSync(file, JSON.stringify(spec));
    this.process = spawn('runc', ['run', '--bundle', folder, this.name], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.exit = once(this.process, 'close').then(([code]) => code as number | null);
  }

  /** Runs a command in the container, as `docker exec` does. */
  exec(...args: string[]): { status: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync('runc', ['exec', this.name, ...args], { encoding: 'utf8' });
    return { status, output: stdout + stderr };
  }

  /** Sends SIGTERM and returns its exit code. */
  stop(): Promise<number | null> {
    spawnSync('runc', ['kill', this.name, 'TERM']);
    return this.exit;
  }

  /** Ends it, if it still runs, and removes it. */
  async remove(): Promise<void> {
    spawnSync('runc', ['delete', '--force', this.name]);
    await this.exit;
    run('buildah', 'rm', this.from);
  }
}
