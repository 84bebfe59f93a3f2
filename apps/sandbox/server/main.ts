import { readApiUrl } from './api-url.js';
import { explain, readPort } from './port.js';
import { openOwnPhone } from './own-phone.js';
import { createSandbox } from './sandbox.js';

try {
  const ownPhone = await openOwnPhone(process.argv.slice(2), process.env.INIT_CWD);
  const sandbox = createSandbox(readApiUrl(process.env.API_URL, process.env.PORT), ownPhone);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.close());
  }
  const url = await sandbox.listen({ host: '127.0.0.1', port: readPort(process.env.SANDBOX_PORT) });
  console.log(`Sandbox on ${url} - this is NOT WeChat, only an imitation for development and tests.`);
  process.send?.('ready');
} catch (error) {
  console.error(`The sandbox cannot start: ${explain(error)}`);
  process.exitCode = 1;
}
