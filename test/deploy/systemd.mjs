// Does for a test what deploy/one-server/README.md asks of systemd, below the folder STAGE and as the user of the test:
// node systemd.mjs systemctl|systemd-run|runuser …
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const stage = process.env.STAGE ?? '';
const [program = '', ...args] = process.argv.slice(2);

/** Moves the absolute paths of a text below the stage. */
const staged = (/** @type {string} */ text) =>
  text.replaceAll(/(?<![\w/.-])(?=\/(opt|etc|var\/lib)\/)/g, stage);

/** Returns the values of each key of a file of units or variables. */
function valuesOf(/** @type {string} */ file) {
  /** @type {Record<string, string[]>} */
  const values = {};
  for (const [, key = '', value = ''] of staged(readFileSync(file, 'utf8')).matchAll(/^(\w+)=(.*)$/gm))
    (values[key] ??= []).push(value);
  return values;
}

/** Returns the environment and the folder of a process with these settings. */
function contextOf(
  /** @type {Record<string, string[]>} */ { EnvironmentFile, Environment = [], WorkingDirectory },
) {
  const variables = valuesOf(EnvironmentFile?.[0] ?? '');
  const given = Object.entries(variables).map(([name, values]) => [name, values.at(-1)]);
  const own = Environment.map((pair) => pair.split('='));
  return {
    cwd: WorkingDirectory?.[0],
    env: { PATH: process.env.PATH, ...Object.fromEntries([...own, ...given]) },
  };
}

const pidFile = (/** @type {string} */ name) => `${stage}/${name}.pid`;
const isRunning = (/** @type {number} */ pid) => {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

function start(/** @type {string} */ name) {
  const unit = valuesOf(`${stage}/etc/systemd/system/${name}.service`);
  for (const folder of unit.StateDirectory?.[0]?.split(' ') ?? [])
    mkdirSync(`${stage}/var/lib/${folder}`, {
      recursive: true,
      mode: Number.parseInt(unit.StateDirectoryMode?.[0] ?? '755', 8),
    });
  const [command = '', ...words] = (unit.ExecStart?.[0] ?? '').split(' ');
  process.umask(Number.parseInt(unit.UMask?.[0] ?? '022', 8));
  if (unit.Type?.[0] === 'oneshot')
    return spawnSync(command, words, { ...contextOf(unit), stdio: 'inherit' }).status ?? 1;
  const log = openSync(`${stage}/${name}.log`, 'a');
  const child = spawn(command, words, { ...contextOf(unit), detached: true, stdio: ['ignore', log, log] });
  writeFileSync(pidFile(name), String(child.pid));
  child.unref();
  return 0;
}

async function stop(/** @type {string} */ name) {
  const pid = Number(readFileSync(pidFile(name), 'utf8'));
  if (isRunning(pid)) process.kill(pid, 'SIGTERM');
  while (isRunning(pid)) await sleep(20);
  rmSync(pidFile(name));
  return 0;
}

async function systemctl(/** @type {string[]} */ [verb = '', ...rest]) {
  const services = rest
    .filter((name) => !name.startsWith('--') && !name.endsWith('.timer') && name !== 'caddy')
    .map((name) => name.replace(/\.service$/, ''));
  let status = 0;
  for (const name of services) {
    if (verb === 'start' || (verb === 'enable' && rest.includes('--now'))) status ||= start(name);
    if (verb === 'stop') status ||= await stop(name);
    if (verb === 'status') status ||= existsSync(pidFile(name)) ? 0 : 3;
  }
  return status;
}

function systemdRun() {
  /** @type {Record<string, string[]>} */
  const settings = {};
  let at = 0;
  for (; args[at]?.startsWith('-'); at += 1) {
    if (args[at] !== '-p') continue;
    at += 1;
    const [key = '', value = ''] = args[at]?.split('=') ?? [];
    (settings[key] ??= []).push(value);
  }
  process.umask(Number.parseInt(settings.UMask?.[0] ?? '022', 8));
  const [command = '', ...words] = args.slice(at);
  return spawnSync(command, words, { ...contextOf(settings), stdio: 'inherit' }).status ?? 1;
}

if (program === 'systemctl') process.exitCode = await systemctl(args);
else if (program === 'systemd-run') process.exitCode = systemdRun();
else if (program === 'runuser') {
  const [command = '', ...words] = args.slice(args.indexOf('--') + 1);
  process.exitCode = spawnSync(command, words, { stdio: 'inherit' }).status ?? 1;
} else throw new Error(`unknown program ${program}`);
