import 'reflect-metadata';
import { loadConfig, renderConfigPage } from '@app/config';
import { renderErrorsPage } from '@app/problem';
import { renderErrcodes } from '@app/weixin-api';
import { createApp, openApiDocument } from '@app/api';
import { renderDiagnoses } from '../doctor/diagnoses.js';

/** The generated files of `docs/` by name. `npm run docs` writes them, `npm run check` compares them. */
export async function renderPages(): Promise<Record<string, string>> {
  // Defaults only: the pages must not depend on the environment they are made in.
  const config = loadConfig({
    DATABASE_URL: 'sqlite::memory:',
    SECRET_KEY: '-'.repeat(32),
    LOG_LEVEL: 'error',
  });
  const app = await createApp(config);
  const openApi = openApiDocument(app);
  await app.close();
  return {
    'config.md': renderConfigPage(),
    'errors.md': [renderErrorsPage(), renderErrcodes(), renderDiagnoses()].join('\n'),
    'openapi.json': `${JSON.stringify(openApi, null, 2)}\n`,
  };
}
