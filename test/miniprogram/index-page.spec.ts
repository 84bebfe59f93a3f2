import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openPage, type Reply, type Sent, WxTwin } from './twin.js';

interface IndexPage {
  data: { phase: string; message: string; items: object[]; draft: string; saving: boolean };
  onLoad(): Promise<void>;
  load(): Promise<void>;
  onDraft(event: { detail: { value: string } }): void;
  add(): Promise<void>;
  toggle(event: { currentTarget: { dataset: { id: number | string } } }): Promise<void>;
}

const milk = { id: 7, content: 'milk', checked: false };
let online: boolean;
let written: Record<string, unknown> | undefined;

function reply({ url, method, data }: Sent): Reply {
  if (!online) return 'offline';
  if (url.endsWith('/login/')) {
    return { statusCode: 200, data: { code: 'success', access: 'access', expires_in: 300 } };
  }
  if (method === 'POST') written = data;
  return { statusCode: 200, data: { code: 'Authenticated.', items: [milk] }, header: { ETag: '"1"' } };
}

beforeEach(() => {
  online = true;
  written = undefined;
  vi.spyOn(console, 'warn').mockReturnValue();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

async function openIndex(): Promise<IndexPage> {
  new WxTwin(reply);
  return openPage<IndexPage>('index');
}

it('shows that it is loading, then the list', async () => {
  const page = await openIndex();
  const loaded = page.onLoad();
  expect(page.data.phase).toBe('loading');
  await loaded;
  expect(page.data).toMatchObject({ phase: 'ready', items: [milk] });
});

it('says in Chinese what failed, and recovers when tried again', async () => {
  online = false;
  const page = await openIndex();
  await page.onLoad();
  expect(page.data).toMatchObject({ phase: 'error', message: '连接不上服务，请检查网络后重试' });
  online = true;
  await page.load();
  expect(page.data.phase).toBe('ready');
});

it('adds an entry once, with a new id, however often the button is tapped', async () => {
  const page = await openIndex();
  await page.onLoad();
  page.onDraft({ detail: { value: ' tea ' } });
  await Promise.all([page.add(), page.add()]);
  expect(written).toEqual({ items: [milk, { id: 8, content: 'tea', checked: false }] });
  expect(page.data).toMatchObject({ items: written?.items, draft: '', saving: false });
});

it('keeps the words of an entry that could not be saved', async () => {
  const page = await openIndex();
  await page.onLoad();
  page.onDraft({ detail: { value: 'tea' } });
  online = false;
  await page.add();
  expect(page.data).toMatchObject({ phase: 'error', draft: 'tea', saving: false });
});

it('checks the entry that is tapped, also where the platform hands out its id as text', async () => {
  const page = await openIndex();
  await page.onLoad();
  await page.toggle({ currentTarget: { dataset: { id: '7' } } });
  expect(written).toEqual({ items: [{ ...milk, checked: true }] });
});
