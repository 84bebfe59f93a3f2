// Starts the service and the sandbox, says where to look, and stops both together.
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PORT = process.env.PORT || '8000';
const HOST = process.env.HOST || '127.0.0.1';
const API = `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`;
const SANDBOX = `http://127.0.0.1:${process.env.SANDBOX_PORT || 8001}`;
const STARTED_WITHIN_MS = 60_000;

/** @param {string} file below dist/ */
const run = (file) =>
  spawn(process.execPath, [fileURLToPath(new URL(`../dist/${file}`, import.meta.url))], {
    stdio: 'inherit',
    env: { ...process.env, API_URL: API },
  });

const children = [run('apps/sandbox/server/main.js'), run('apps/api/src/main.js')];
let stopping = false;

/** @param {number} code */
function stop(code) {
  if (!stopping) process.exitCode = code;
  stopping = true;
  for (const child of children) child.kill('SIGTERM');
}

for (const child of children) child.on('exit', (code) => stop(code ?? 1));
// Ctrl-C reaches the children too; this keeps the parent alive until they have ended.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => stop(0));

/** @param {string} url */
async function isUp(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

const giveUpAt = Date.now() + STARTED_WITHIN_MS;
const addresses = [`${API}/.well-known/jwks.json`, `${SANDBOX}/sandbox/stats`];
while (!stopping && !(await Promise.all(addresses.map(isUp))).every(Boolean)) {
  if (Date.now() > giveUpAt) {
    console.error('The service or the sandbox did not start within a minute.');
    stop(1);
  }
  await sleep(100);
}

if (!stopping) {
  console.log(`
  weapp-passport is running.

    ${API}/docs    try every route (Swagger UI)
    ${API}         base URL for a mini-program; ${PORT === '8000' ? 'miniprogram/ already points at it' : 'write it into miniprogram/config.ts'}
    ${SANDBOX}         the mini-program on a phone, in your browser, and WeChat's side of it

  A login code, as wx.login() would give it:
    curl -X POST ${SANDBOX}/sandbox/codes

  Ctrl-C stops both.
`);
}
