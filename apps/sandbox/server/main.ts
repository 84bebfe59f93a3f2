#!/usr/bin/env node
import { readApiUrl } from './api-url.js';
import { HELP, readOptions } from './options.js';
import { openOwnPhone } from './own-phone.js';
import { explain, readPort } from './port.js';
import { createSandbox } from './sandbox.js';

try {
  const { help, host = '127.0.0.1', miniprogram, port } = readOptions(process.argv.slice(2));
  if (help) process.stdout.write(HELP);
  else await start(host, port ?? process.env.SANDBOX_PORT, miniprogram);
} catch (error) {
  console.error(`The sandbox cannot start: ${explain(error)}`);
  process.exitCode = 1;
}

async function start(host: string, port?: string, miniprogram?: string): Promise<void> {
  const ownPhone = await openOwnPhone(miniprogram, process.env.INIT_CWD);
  const sandbox = createSandbox(readApiUrl(process.env.API_URL, process.env.PORT), ownPhone);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.close());
  }
  const url = await sandbox.listen({ host, port: readPort(port) });
  console.log(`Sandbox on ${url} - this is NOT WeChat, only an imitation for development and tests.`);
  process.send?.('ready');
}
