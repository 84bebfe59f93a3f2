import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const STARTS_WITHIN_MS = 20_000;
const STOPS_WITHIN_MS = 10_000;

/**
 * Waits until a program accepts connections.
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} port of 127.0.0.1
 * @returns {Promise<boolean>} false when it has ended instead, or does not listen in time
 */
export async function listens(child, port) {
  const giveUpAt = Date.now() + STARTS_WITHIN_MS;
  while (!(await accepts(port))) {
    if (hasEnded(child) || Date.now() > giveUpAt) return false;
    await sleep(5);
  }
  return true;
}

/**
 * Different ports of 127.0.0.1 that nobody has taken.
 * @param {number} count
 */
export async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map(
    (server) => /** @type {import('node:net').AddressInfo} */ (server.address()).port,
  );
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

/**
 * Ends a program by SIGTERM, so that it can write its profile, and by SIGKILL when that takes too long.
 * @param {import('node:child_process').ChildProcess} child
 */
export async function stop(child) {
  if (hasEnded(child)) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const late = new globalThis.AbortController();
  sleep(STOPS_WITHIN_MS, undefined, { signal: late.signal }).then(
    () => child.kill('SIGKILL'),
    () => undefined,
  );
  await exit;
  late.abort();
}

/** @param {import('node:child_process').ChildProcess} child */
function hasEnded(child) {
  return child.exitCode !== null || child.signalCode !== null;
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function accepts(port) {
  return new Promise((settle) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
    socket.once('connect', () => socket.destroy());
  });
}
