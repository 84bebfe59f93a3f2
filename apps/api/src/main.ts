import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { loadConfig } from '@app/config';
import { createApp } from './create-app.js';
import { exitWithError } from '@app/common';

// What this process makes (the database, the secret of a laptop) is for its user alone.
process.umask(0o077);

try {
  const config = loadConfig(process.env);
  const app = await createApp(config);
  app.enableShutdownHooks(['SIGINT', 'SIGTERM'], { useProcessExit: true });
  await app.listen(config.PORT, config.HOST);
  new Logger('main').log(`listening on ${await app.getUrl()}`);
  // For a process manager: `npm start` waits for it, and so does PM2 with `wait_ready`.
  process.send?.('ready');
} catch (error) {
  // One clear message: what stops a start is the operator's to mend, and a stack trace would hide it.
  const { code, message } = error as NodeJS.ErrnoException;
  exitWithError(code === 'EADDRINUSE' ? `PORT is taken by another process: ${message}` : message);
}
