import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import { buildSync } from 'esbuild';
import type { Answer, createPassport, Passport, Pending } from '../../../packages/client/src/index.js';
import type { explain } from '../../../packages/client/src/explain.js';
import type { Download, download, Downloaded } from '../../../packages/client/src/download.js';
import type { Upload, upload } from '../../../packages/client/src/upload.js';
import type { Phone } from './phone.js';

const ROOT = fileURLToPath(new URL('../../../miniprogram/', import.meta.url));
const CLIENT = fileURLToPath(new URL('../../../packages/client/src/', import.meta.url));

/** A mini-program after its launch: its client of the service, the list, the pages. */
export interface MiniProgram extends Passport {
  createPassport: typeof createPassport;
  explain: typeof explain;
  upload: (file: Upload) => Pending<Answer>;
  download: (file: Download) => Pending<Answer<Downloaded>>;
  listOf: (userId: string) => TodoList;
  /** As in config.ts. */
  consentTexts: Record<string, { name: string; page?: string }>;
  /** What the client has logged, as `event code`. */
  log: LogEntry[];
  /** Opens a page, or the sheet of the consents: its methods and its data, without a picture. */
  open: (name: PartName) => object;
}

type PartName = 'index' | 'me' | 'account' | 'consent';

/** One call of the client's log hook. */
export type LogEntry = [event: string, details?: Record<string, unknown>];

export interface Item {
  id: number | string;
  content: string;
  checked: boolean;
  [member: string]: unknown;
}

export interface TodoList {
  readonly items: Item[] | undefined;
  readonly pending: number;
  readonly isKept: boolean;
  change: (operation: object) => void;
  sync: () => Promise<void>;
}

interface Options {
  data: object;
  methods: object;
}

// Each launch runs the sources again: on another phone, or the same one after a restart, with nothing in memory.
const { outputFiles } = buildSync({
  stdin: {
    contents: `
      export { createPassport } from 'weapp-passport-client';
      export { explain } from 'weapp-passport-client/explain';
      export { upload } from 'weapp-passport-client/upload';
      export { download } from 'weapp-passport-client/download';
      export const passport = () => require('./passport').passport;
      export { CONSENT_TEXTS as consentTexts } from './config';
      export { listOf } from './todo/current-list';
      export const app = () => require('./app');
      export const index = () => require('./pages/index/index');
      export const me = () => require('./pages/me/index');
      export const account = () => require('./pages/account/index');
      export const consent = () => require('./components/consent/index');`,
    resolveDir: ROOT,
  },
  bundle: true,
  write: false,
  format: 'cjs',
  target: 'es2020',
  alias: Object.fromEntries(
    ['index', 'explain', 'upload', 'download'].map((name) => [
      name === 'index' ? 'weapp-passport-client' : `weapp-passport-client/${name}`,
      `${CLIENT}${name}.ts`,
    ]),
  ),
});
const SOURCE = outputFiles[0]?.text ?? '';

/** The developer's own time limit in `config.ts` and the page's poll, where a test would have to wait for them. */
const withTimes = (timeoutMs: number, pollSeconds: number) =>
  SOURCE.replace(/\bTIMEOUT_MS = 1e4;/, `TIMEOUT_MS = ${timeoutMs};`).replace(
    /\bPOLL_SECONDS = 15;/,
    `POLL_SECONDS = ${pollSeconds};`,
  );

/** Starts the mini-program on a phone, as after a launch. */
export function launch(phone: Phone, timeoutMs = 10_000, pollSeconds = 15): MiniProgram {
  let options: Options | undefined;
  const module = { exports: {} };
  const component = (given: Options) => {
    options = given;
  };
  const app = ({ onLaunch }: { onLaunch: () => void }) => {
    onLaunch();
  };
  const log: LogEntry[] = [];
  const parts = ['module', 'wx', 'Component', 'App', 'console'];
  const info = (_: string, ...entry: LogEntry) => {
    log.push(entry);
  };
  const quiet = { ...console, warn: () => undefined, info };
  (compileFunction(withTimes(timeoutMs, pollSeconds), parts) as (...given: unknown[]) => void)(
    module,
    phone.wx(),
    component,
    app,
    quiet,
  );
  const exported = module.exports as Exported;
  const passport = exported.passport();
  return {
    ...passport,
    createPassport: exported.createPassport,
    explain: exported.explain,
    listOf: exported.listOf,
    consentTexts: exported.consentTexts,
    upload: (file) => exported.upload(passport, file),
    download: (file) => exported.download(passport, file),
    log,
    open(name: PartName) {
      exported.app();
      exported[name]();
      const data = structuredClone(options?.data ?? {});
      const setData = (change: object) => Object.assign(data, structuredClone(change));
      return { ...options?.methods, data, setData };
    },
  };
}

interface Exported extends Record<PartName, () => void> {
  createPassport: typeof createPassport;
  explain: typeof explain;
  upload: typeof upload;
  download: typeof download;
  listOf: (userId: string) => TodoList;
  consentTexts: MiniProgram['consentTexts'];
  passport: () => Passport;
  app: () => void;
}
