import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TestProject } from 'vitest/node';
import { freePort, Program } from '../support/process.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the page of the sandbox is. */
    sandboxUrl: string;
  }
}

/** Starts the service and the sandbox once for all files, as their users start them. */
export default async function start(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'weapp-passport-browser-'));
  const [port, sandboxPort] = [await freePort(), await freePort()];
  const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
  const sandbox = new Program('dist/apps/sandbox/server/main.js', {
    SANDBOX_PORT: String(sandboxPort),
    API_URL: `http://127.0.0.1:${port}`,
  });
  const api = new Program(
    'dist/apps/api/src/main.js',
    {
      PORT: String(port),
      ADMIN_PORT: '0',
      WEIXIN_API_BASE_URL: sandboxUrl,
      RATE_LIMIT_LOGIN_PER_MINUTE: '0',
      SANDBOX_CLOCK_URL: `${sandboxUrl}/sandbox/clock`,
    },
    folder,
    [],
    // As `npm start` does.
    ['--import', pathToFileURL('dist/apps/sandbox/server/clock/follow.js').href],
  );
  await Promise.all([sandbox.prints('Sandbox on'), api.prints('listening on ')]);
  project.provide('sandboxUrl', sandboxUrl);
  return async () => {
    await Promise.all([sandbox.stop(), api.stop()]);
    rmSync(folder, { recursive: true });
  };
}
