import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import { buildSync } from 'esbuild';
import type { Phone } from './phone.js';

const ROOT = fileURLToPath(new URL('../../../miniprogram/', import.meta.url));

/** The public side of `miniprogram/services`, as the tests use it. The mini-program is checked against its own typings. */
export interface MiniProgram {
  request: (call: {
    method?: string;
    path: string;
    header?: Record<string, string>;
    body?: object;
    userId?: string;
  }) => Promise<{ body: Record<string, unknown>; headers: Record<string, string> }>;
  upload: (call: { path: string; filePath: string; name: string }) => Promise<{ body: object }>;
  ready: () => Promise<{ id: string }>;
  login: () => Promise<{ id: string }>;
  logout: () => Promise<void>;
  currentUser: () => { id: string } | undefined;
  explain: (error: unknown) => string;
  listOf: (userId: string) => TodoList;
  /** Opens a page: its methods and its data, without a picture. */
  open: (name: 'index' | 'me') => object;
}

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

// Each launch runs the sources anew: a phone of its own, or the same one after a restart, with nothing in memory.
const { outputFiles } = buildSync({
  stdin: {
    contents: `
      export * from './services/index';
      export { listOf } from './todo/current-list';
      export const app = () => require('./app');
      export const index = () => require('./pages/index/index');
      export const me = () => require('./pages/me/index');`,
    resolveDir: ROOT,
  },
  bundle: true,
  write: false,
  format: 'cjs',
  target: 'es2020',
});
const SOURCE = outputFiles[0]?.text ?? '';

/** The developer's own time limit in `config.ts`, where a test would have to wait for it. */
const withTimeout = (ms: number) => SOURCE.replace(/\bTIMEOUT_MS = 1e4;/, `TIMEOUT_MS = ${ms};`);

/** Starts the mini-program on a phone, as after a launch. */
export function launch(phone: Phone, timeoutMs = 10_000): MiniProgram {
  let options: Options | undefined;
  const module = { exports: {} };
  const component = (given: Options) => {
    options = given;
  };
  const app = ({ onLaunch }: { onLaunch: () => void }) => {
    onLaunch();
  };
  const parts = ['module', 'wx', 'Component', 'App', 'console'];
  const quiet = { ...console, warn: () => undefined };
  (compileFunction(withTimeout(timeoutMs), parts) as (...given: unknown[]) => void)(
    module,
    phone.wx(),
    component,
    app,
    quiet,
  );
  const exported = module.exports as MiniProgram & Record<'app' | 'index' | 'me', () => void>;
  return {
    ...exported,
    open(name: 'index' | 'me') {
      exported.app();
      exported[name]();
      const data = structuredClone(options?.data ?? {});
      const setData = (change: object) => Object.assign(data, structuredClone(change));
      return { ...options?.methods, data, setData };
    },
  };
}
