import { describe, expect, it } from 'vitest';
import { TutorialPage, type TutorialWx } from '../start/tutorial-page.js';
import { useStack } from '../support/stack.js';
import { type Item, launch, type MiniProgram } from './twin/mini-program.js';
import { Phone } from './twin/phone.js';

const DATA = '/api/weixin/data';
const stack = useStack();
const item = (id: string, content = id): Item => ({ id, content, checked: false });
const add = (id: string, content = id) => ({ kind: 'add', item: item(id, content) });
const names = (items: Item[] | undefined) => items?.map(({ content }) => content);

async function listOn(app: MiniProgram) {
  const list = app.listOf((await app.ready()).id);
  await list.sync();
  return list;
}

/** A phone with the list open, and what the service has of it. */
async function open(user: string, model?: string) {
  const phone = new Phone(stack, user, model);
  const app = launch(phone);
  return { phone, app, list: await listOn(app) };
}

const stored = async (user: string) => {
  const { access } = await stack.loggedIn(user);
  return (await stack.call<{ items: Item[] }>(DATA, { token: access })).body;
};

async function store(user: string, document: object) {
  const { access } = await stack.loggedIn(user);
  expect((await stack.call(DATA, { token: access, json: document })).status).toBe(200);
}

describe('the list', () => {
  it('is empty for a new user', async () => {
    expect((await open('new')).list.items).toEqual([]);
  });

  it('keeps every one of several changes made at once', async () => {
    const { list } = await open('busy');
    await Promise.all(
      ['a', 'b', 'c', 'd'].map((id) => {
        list.change(add(id));
        return list.sync();
      }),
    );
    expect(names((await stored('busy')).items)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('adds, ticks, edits and removes; a finished item stays', async () => {
    const { list } = await open('steady');
    for (const id of ['a', 'b', 'c']) list.change(add(id));
    list.change({ kind: 'check', id: 'a', checked: true });
    list.change({ kind: 'edit', id: 'b', content: 'bread' });
    list.change({ kind: 'remove', id: 'c' });
    await list.sync();
    expect((await stored('steady')).items).toEqual([
      { ...item('a'), checked: true },
      { ...item('b'), content: 'bread' },
    ]);
  });

  it('syncs through a proxy that compresses answers and so makes their ETags weak', async () => {
    const { phone, list } = await open('squeezed');
    phone.network.weakensEtags = true;
    for (const id of ['a', 'b']) {
      list.change(add(id));
      await list.sync();
    }
    await list.sync();
    list.change(add('c'));
    await list.sync();
    expect(names((await stored('squeezed')).items)).toEqual(['a', 'b', 'c']);
    expect(phone.network.sent.filter(({ status }) => status === 412)).toEqual([]);
  });

  it('is not taken for empty when a proxy answers for the service', async () => {
    const { phone, list } = await open('hotel guest');
    list.change(add('a'));
    await list.sync();
    phone.network.weather = { status: 200, body: '' };
    await expect(list.sync()).rejects.toMatchObject({ code: 'answer_unreadable' });
    expect(names(list.items)).toEqual(['a']);
  });

  it('keeps what this version does not know: members, entries, numbers as ids', async () => {
    const strange = [
      { id: 7, content: 'milk', checked: false, colour: 'red' },
      { title: 'other shape' },
      null,
    ];
    await store('strange', { theme: 'dark', items: strange });
    const { list } = await open('strange');
    expect(names(list.items)).toEqual(['milk']);
    list.change({ kind: 'check', id: '7', checked: true });
    list.change(add('tea'));
    await list.sync();
    expect(await stored('strange')).toEqual({
      code: 'Authenticated.',
      theme: 'dark',
      items: [{ ...strange[0], checked: true }, ...strange.slice(1), item('tea')],
    });
  });

  it('never overwrites a document whose items are no list', async () => {
    await store('broken', { items: 'text' });
    const app = launch(new Phone(stack, 'broken'));
    const list = app.listOf((await app.ready()).id);
    list.change(add('a'));
    await expect(list.sync()).rejects.toMatchObject({ code: 'answer_unreadable' });
    expect([(await stored('broken')).items, list.pending]).toEqual(['text', 1]);
  });

  it('keeps the finished items that the tutorial’s page would lose', async () => {
    const done = { id: 1, content: 'finished', checked: true };
    await store('student', { items: [done, { id: 2, content: 'open', checked: false }] });
    const { list } = await open('student');
    list.change(add('new'));
    await list.sync();
    expect((await stored('student')).items).toContainEqual(done);
  });

  it('goes on where the tutorial’s page stopped', async () => {
    const phone = new Phone(stack, 'graduate');
    const page = new TutorialPage(phone.wx() as unknown as TutorialWx, 'http://127.0.0.1:8000');
    await page.login();
    await page.save([{ id: 1, content: 'from the tutorial', checked: false }]);
    expect(names((await listOn(launch(phone))).items)).toEqual(['from the tutorial']);
  });
});

describe('without a network', () => {
  it('the list is shown and changed, survives a restart, and is synced later', async () => {
    const { phone, list } = await open('walker');
    phone.network.weather = 'offline';
    list.change(add('a'));
    await expect(list.sync()).rejects.toMatchObject({ code: 'network_failed' });
    const app = launch(phone);
    const later = app.listOf(app.currentUser()?.id ?? '');
    expect([names(later.items), later.pending]).toEqual([['a'], 1]);
    phone.network.weather = 'fine';
    await later.sync();
    expect([names((await stored('walker')).items), later.pending]).toEqual([['a'], 0]);
  });

  it('two phones edit, and both edits survive', async () => {
    await store('couple', { items: [item('milk'), item('bread'), item('tea')] });
    const [one, two] = [await open('couple', 'iPhone 17'), await open('couple', 'Mate 80')];
    one.phone.network.weather = two.phone.network.weather = 'offline';
    one.list.change({ kind: 'edit', id: 'milk', content: 'oat milk' });
    one.list.change(add('eggs'));
    one.list.change({ kind: 'remove', id: 'tea' });
    two.list.change({ kind: 'check', id: 'milk', checked: true });
    two.list.change(add('rice'));
    two.list.change({ kind: 'edit', id: 'tea', content: 'green tea' });
    one.phone.network.weather = two.phone.network.weather = 'fine';
    await Promise.all([one.list.sync(), two.list.sync()]);
    const { items } = await stored('couple');
    expect(items).toHaveLength(4);
    expect(items).toEqual(
      expect.arrayContaining([
        { ...item('milk', 'oat milk'), checked: true },
        ...['bread', 'eggs', 'rice'].map((id) => item(id)),
      ]),
    );
  });

  it('the work of one user never reaches another', async () => {
    const { phone, app, list } = await open('first');
    phone.network.weather = 'offline';
    list.change(add('secret'));
    await app.logout();
    phone.network.weather = 'fine';
    phone.user = 'second';
    const second = await app.login();
    await expect(list.sync()).rejects.toMatchObject({ code: 'user_changed' });
    expect((await listOn(app)).items).toEqual([]);
    phone.user = 'first';
    await app.logout();
    const back = app.listOf((await app.login()).id);
    await back.sync();
    expect(names((await stored('first')).items)).toEqual(['secret']);
    expect(second.id).not.toBe(app.currentUser()?.id);
  });
});

describe('a sync', () => {
  it('whose answer is lost changes nothing when it is done again', async () => {
    const { phone, list } = await open('tunnel');
    phone.network.weather = 'lossy';
    list.change(add('a'));
    await expect(list.sync()).rejects.toMatchObject({ code: 'network_failed' });
    phone.network.weather = 'fine';
    await list.sync();
    expect((await stored('tunnel')).items).toEqual([item('a')]);
    expect(phone.network.to(DATA).map(({ method, status }) => `${method} ${String(status)}`)).toEqual([
      'GET 200',
      'POST 200',
      'POST 412',
      'GET 200',
      'POST 200',
    ]);
  });

  it('takes in what somebody else wrote first', async () => {
    const { list } = await open('shared');
    await store('shared', { items: [item('theirs')] });
    list.change(add('mine'));
    await list.sync();
    expect(names((await stored('shared')).items)).toEqual(['theirs', 'mine']);
  });

  it('gives up when somebody else is first again and again, and keeps the work', async () => {
    const { phone, list } = await open('crowd');
    let turn = 0;
    phone.network.beforeSending = ({ method }) =>
      method === 'POST' ? store('crowd', { items: [item(String(turn++))] }) : undefined;
    list.change(add('mine'));
    await expect(list.sync()).rejects.toMatchObject({ code: 'precondition_failed' });
    phone.network.beforeSending = () => undefined;
    await list.sync();
    expect(names(list.items)).toEqual([String(turn - 1), 'mine']);
  });

  it('takes along what is changed while it runs', async () => {
    const { phone, list } = await open('fast');
    phone.network.beforeSending = () => {
      phone.network.beforeSending = () => undefined;
      list.change(add('b'));
      return undefined;
    };
    list.change(add('a'));
    await list.sync();
    expect([names((await stored('fast')).items), list.pending]).toEqual([['a', 'b'], 0]);
  });

  it('works with a full storage, and says that nothing is kept', async () => {
    const phone = new Phone(stack, 'hoarder');
    phone.storage.fill();
    const list = await listOn(launch(phone));
    list.change(add('a'));
    expect(list.isKept).toBe(false);
    await list.sync();
    expect(names((await stored('hoarder')).items)).toEqual(['a']);
  });
});
