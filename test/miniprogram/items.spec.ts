import { afterEach, describe, expect, it, vi } from 'vitest';
import { launch, type Reply, type Sent, WxTwin } from './twin.js';

interface Item {
  id: number | string;
  content: string;
  checked: boolean;
}

interface ItemsService {
  loadItems: () => Promise<Item[]>;
  changeItems: (change: (items: readonly Item[]) => Item[]) => Promise<Item[]>;
}

const milk = { id: 1, content: 'milk', checked: false };
const bread = { id: 2, content: 'bread', checked: false };
const tea = { id: 3, content: 'tea', checked: false };
const add = (item: Item) => (items: readonly Item[]) => [...items, item];

/** A service that keeps one document and its version, and refuses a stale `If-Match`. */
class Documents {
  version = 0;
  /** Runs before each write is looked at: the moment for somebody else to write. */
  beforeWrite = (): unknown => undefined;

  constructor(public document: Record<string, unknown>) {}

  write(document: Record<string, unknown>): void {
    this.document = document;
    this.version++;
  }

  readonly reply = ({ url, method, header, data }: Sent): Reply => {
    if (url.endsWith('/login/')) {
      return { statusCode: 200, data: { code: 'success', access: 'access', expires_in: 300 } };
    }
    if (method === 'POST') {
      this.beforeWrite();
      if (header['If-Match'] !== `"${this.version}"`) {
        return { statusCode: 412, data: { status: 412, code: 'precondition_failed' } };
      }
      this.write(data ?? {});
    }
    const body = method === 'GET' ? { code: 'Authenticated.', ...this.document } : { code: 'post ok' };
    return { statusCode: 200, data: body, header: { ETAG: `"${this.version}"` } };
  };
}

async function launchWith(documents: Documents) {
  const wx = new WxTwin(documents.reply);
  return { wx, ...(await launch<ItemsService>('items')) };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the list', () => {
  it('is empty for a new user', async () => {
    const { loadItems } = await launchWith(new Documents({ items: [] }));
    await expect(loadItems()).resolves.toEqual([]);
  });

  it('is written whole, without a member code, with what this version does not know', async () => {
    const documents = new Documents({ theme: 'dark', items: [{ ...milk, colour: 'red' }] });
    const { changeItems } = await launchWith(documents);
    await changeItems(add(bread));
    expect(documents.document).toEqual({ theme: 'dark', items: [{ ...milk, colour: 'red' }, bread] });
  });

  it('keeps every one of several changes made at once, and reads only once', async () => {
    const documents = new Documents({ items: [] });
    const { wx, changeItems } = await launchWith(documents);
    await Promise.all([milk, bread, tea].map((item) => changeItems(add(item))));
    expect(documents.document.items).toEqual([milk, bread, tea]);
    expect(wx.sent.filter(({ method }) => method === 'GET')).toHaveLength(1);
  });

  it('takes in what somebody else wrote first', async () => {
    const documents = new Documents({ items: [milk] });
    const { loadItems, changeItems } = await launchWith(documents);
    await loadItems();
    documents.write({ items: [milk, bread] });
    await expect(changeItems(add(tea))).resolves.toEqual([milk, bread, tea]);
    expect(documents.document.items).toEqual([milk, bread, tea]);
  });

  it('gives up when somebody else is first three times in a row, and works again afterwards', async () => {
    const documents = new Documents({ items: [milk] });
    const { wx, changeItems } = await launchWith(documents);
    documents.beforeWrite = () => documents.version++;
    await expect(changeItems(add(bread))).rejects.toMatchObject({ code: 'precondition_failed' });
    expect(wx.sent.filter(({ url, method }) => method === 'POST' && url.endsWith('/data/'))).toHaveLength(3);
    documents.beforeWrite = () => undefined;
    await expect(changeItems(add(bread))).resolves.toEqual([milk, bread]);
  });

  it.each([{ items: 'text' }, { items: [{ title: 'another shape' }] }])(
    'never overwrites a document that it cannot read: %o',
    async (document) => {
      const documents = new Documents(document);
      const { changeItems } = await launchWith(documents);
      await expect(changeItems(add(milk))).rejects.toMatchObject({ code: 'answer_unreadable' });
      expect(documents.document).toBe(document);
    },
  );
});
