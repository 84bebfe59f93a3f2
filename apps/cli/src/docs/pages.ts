import 'reflect-metadata';
import { Readable } from 'node:stream';
import { adminOpenApiDocument, createApp, openApiDocument } from '@app/api';
import { loadConfig, renderConfigPage } from '@app/config';
import { renderDiagnoses } from '@app/doctor';
import { PersonalDataService, renderStoredColumns } from '@app/personal-data';
import { renderErrorsPage } from '@app/problem';
import { renderErrcodes } from '@app/weixin-api';
import { DataSource } from 'typeorm';
import type { Language } from '../language.js';
import { COMMANDS, run } from '../run.js';

interface Rendered {
  /** The generated files of `docs/` by name. */
  readonly pages: Readonly<Record<string, string>>;
  /** The generated part of docs/personal-data.md. */
  readonly storedColumns: (language: Language) => string;
}

/** Returns what is generated from the service. */
export async function renderPages(): Promise<Rendered> {
  // Defaults only: the pages do not depend on the environment.
  const config = loadConfig({
    DATABASE_URL: 'sqlite::memory:',
    SECRET_KEY: '-'.repeat(32),
    LOG_LEVEL: 'error',
  });
  const app = await createApp(config);
  const openApi = openApiDocument(app);
  const adminOpenApi = adminOpenApiDocument(app);
  const { handlers } = app.get(PersonalDataService);
  const tables = app.get(DataSource).entityMetadatas.map(({ tableName }) => tableName);
  await app.close();
  const storedColumns = (language: Language) => renderStoredColumns(handlers, tables, language);
  const pages = {
    'config.md': renderConfigPage('en'),
    'zh-CN/config.md': renderConfigPage('zh'),
    'errors.md': errorsPage('en'),
    'zh-CN/errors.md': errorsPage('zh'),
    'openapi.json': `${JSON.stringify(openApi, null, 2)}\n`,
    'openapi-admin.json': `${JSON.stringify(adminOpenApi, null, 2)}\n`,
  };
  return { pages, storedColumns };
}

const errorsPage = (language: Language) =>
  [renderErrorsPage(language), renderErrcodes(language), renderDiagnoses(language)].join('\n');

/** Returns the reference of all commands for docs/cli.md: their help. */
export async function renderCommands(LANG: Language): Promise<string> {
  const paths = COMMANDS.flatMap((entry) =>
    'commands' in entry ? entry.commands.map(({ name }) => [entry.name, name]) : [[entry.name]],
  );
  const sections = [];
  for (const path of paths) {
    let help = '';
    const stdout = { write: (text: string) => (help += text) };
    await run([...path, '--help'], { env: { LANG }, stdin: Readable.from([]), stdout, stderr: stdout });
    sections.push(`### ${path.join(' ')}\n\n\`\`\`text\n${help.trimEnd()}\n\`\`\`\n`);
  }
  return sections.join('\n');
}
