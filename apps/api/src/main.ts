import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { loadConfig } from '@app/config';
import { FEATURES } from '@app/features';
import { createApp } from './create-app.js';
import { exitWithError } from '@app/common';

// Files that this process creates (the database, the secret of a laptop) are readable by its user only.
process.umask(0o077);

try {
  const config = loadConfig(process.env);
  const app = await createApp(config, { features: FEATURES });
  app.enableShutdownHooks(['SIGINT', 'SIGTERM'], { useProcessExit: true });
  await app.listen(config.PORT, config.HOST);
  new Logger('main').log(`listening on ${await app.getUrl()}`);
  // `npm start` waits for this message, and so does PM2 with `wait_ready`.
  process.send?.('ready');
} catch (error) {
  // One message without a stack trace: the operator must fix the cause of a failed start.
  const { code, message } = error as NodeJS.ErrnoException;
  exitWithError(code === 'EADDRINUSE' ? `PORT is taken by another process: ${message}` : message);
}
