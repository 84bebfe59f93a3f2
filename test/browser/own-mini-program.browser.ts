import { describe, expect, it } from 'vitest';
import { PICTURE, useOwnPhone } from './own-phone.js';

const phone = useOwnPhone();
const noted = () => phone.page.locator('wx-text').last().textContent();
const notes = (text: string) => expect.poll(noted).toBe(text);

describe("components of a mini-program of one's own", () => {
  it('marks one radio of a group, by its label too, and gives its value to the form', async () => {
    await phone.page.getByText('Small').click();
    await notes('radio change {"value":"s"}');
    expect(await phone.page.getByRole('radio', { checked: true }).count()).toBe(1);
    await phone.page.getByText('Medium').click();
    await notes('radio change {"value":"m"}');
    await phone.page.getByRole('button', { name: 'Submit' }).click();
    await notes('form submit {"value":{"size":"m","volume":20,"fruit":1}}');
  });

  it('moves a slider in its steps, within its bounds', async () => {
    await notes('progress activeend {}');
    const slider = phone.page.getByRole('slider', { name: 'Volume' });
    await slider.press('ArrowRight');
    await notes('slider change {"value":30}');
    await slider.press('End');
    await notes('slider change {"value":50}');
    expect(await phone.page.locator('.slider-value').textContent()).toBe('50');
  });

  it('picks from a list, whose index it answers as text, and reports when it is given up', async () => {
    await phone.open('Fruit');
    expect(await phone.options(0)).toEqual(['Apple', 'Pear', 'Plum']);
    expect(await phone.page.locator('.picker-column').inputValue()).toBe('Pear');
    await phone.choose(0, 'Plum');
    await phone.page.getByRole('button', { name: '确定' }).click();
    await notes('picker change {"value":"2"}');
    await phone.open('Fruit');
    await phone.page.getByRole('button', { name: '取消' }).click();
    await notes('picker cancel {}');
  });

  it('picks from columns that the mini-program changes while they are open', async () => {
    await phone.open('Columns');
    expect(await phone.options(1)).toEqual(['1', '2']);
    await phone.choose(0, 'b');
    await notes('columns columnchange {"column":0,"value":1}');
    expect(await phone.options(1)).toEqual(['1', '2', '3']);
    await phone.choose(1, '3');
    await phone.page.getByRole('button', { name: '确定' }).click();
    await notes('columns change {"value":[1,2]}');
  });

  it('picks times and dates between start and end', async () => {
    await phone.open('Time');
    await phone.choose(0, '21时');
    expect((await phone.options(1)).at(-1)).toBe('05分');
    await phone.choose(0, '09时');
    expect((await phone.options(1))[0]).toBe('15分');
    await phone.page.getByRole('button', { name: '确定' }).click();
    await notes('time change {"value":"09:20"}');
    await phone.open('Date');
    await phone.choose(0, '2023年');
    expect((await phone.options(1))[0]).toBe('05月');
    await phone.choose(0, '2025年');
    await phone.choose(1, '02月');
    expect((await phone.options(2)).at(-1)).toBe('28日');
    await phone.page.getByRole('button', { name: '确定' }).click();
    await notes('date change {"value":"2025-02-28"}');
  });

  it('turns a swiper by drag and by setData, and names what turned it', async () => {
    const box = await phone.page.locator('wx-swiper').boundingBox();
    if (!box) throw new Error('no swiper');
    await phone.page.mouse.move(box.x + 300, box.y + 40);
    await phone.page.mouse.down();
    await phone.page.mouse.move(box.x + 60, box.y + 42, { steps: 4 });
    await phone.page.mouse.up();
    await notes('swiper animationfinish {"current":1,"currentItemId":"Pear","source":"touch"}');
    await phone.setData({ 'state.current': 2 });
    await notes('swiper animationfinish {"current":2,"currentItemId":"Plum","source":""}');
    await expect.poll(async () => (await phone.page.getByText('Plum here').boundingBox())?.x).toBe(box.x);
  });

  it('draws progress and icons, and reports the end of a progress that is active', async () => {
    await expect.poll(noted).toBe('progress activeend {}');
    expect(
      await phone.page.evaluate(`(() => {
        const bar = document.querySelector('.progress-bar');
        const icon = document.querySelector('wx-icon svg');
        return [bar.style.width, bar.style.background, bar.parentElement.style.height, icon.clientWidth];
      })()`),
    ).toEqual(['40%', 'rgb(255, 0, 0)', '10px', 40]);
  });

  it('shows pictures of the package', async () => {
    await expect.poll(() => phone.widthOfPicture(0)).toBe(20);
  });
});

describe('rich-text', () => {
  const html = () => phone.page.evaluate<string>(`document.querySelector('wx-rich-text').innerHTML`);

  it('shows the allowed elements of hostile HTML, and nothing that runs or fetches', async () => {
    expect(await html()).toBe(
      '<p class="green p0--green" style="color: red;">ok\u00a0&lt;b&gt;</p>'.replace('\u00a0', '&nbsp;') +
        '<img><a>link</a><p style="">var</p><table><tbody><tr><td colspan="2">cell</td></tr></tbody></table>',
    );
    expect(await phone.page.evaluate('globalThis.hacked')).toBeUndefined();
    expect(phone.asked.filter((each) => !each.includes('/phone'))).toEqual([]);
    expect(
      await phone.page.evaluate(`getComputedStyle(document.querySelector('wx-rich-text p')).fontWeight`),
    ).toBe('700');
  });

  it('shows the allowed elements of a list of hostile nodes', async () => {
    await phone.setData({
      nodes: [
        {
          name: 'DIV',
          attrs: { style: 'color:blue', onclick: 'alert(1)', class: 'a' },
          children: [{ type: 'text', text: 'a  b&gt;<i>' }],
        },
        { name: 'script', children: [{ type: 'text', text: 'globalThis.hacked = 1' }] },
        { name: 'img', attrs: { src: 'https://elsewhere.example/x.png', onerror: 'x', width: '9' } },
        { name: 'p onload=x', attrs: null },
        { type: 'other', name: 'p' },
        null,
        'text',
        { name: '__proto__', attrs: { constructor: 1 } },
      ],
    });
    await expect
      .poll(html)
      .toBe('<div class="a p0--a" style="color: blue;">a&nbsp;&nbsp;b&gt;&lt;i&gt;</div><img width="9">');
    expect(phone.asked.filter((each) => each.includes('elsewhere'))).toEqual([]);
  });
});

describe('functions', () => {
  it('reads places and scroll positions of nodes, below the navigation bar', async () => {
    const results = await phone.page.evaluate<unknown[]>(`new Promise((resolve) => {
      const query = wx.createSelectorQuery();
      query.select('#logo').boundingClientRect();
      query.selectAll('.swiper, .bar').fields({ size: true, dataset: true, properties: ['percent'], computedStyle: ['display'] });
      query.select('#none').boundingClientRect();
      query.selectViewport().scrollOffset();
      query.selectViewport().boundingClientRect();
      query.in(getCurrentPages()[0].selectComponent('#badge')).select('.badge').fields({ id: true });
      query.exec(resolve);
    })`);
    const [logo, nodes, none, viewport, screen, inside] = results;
    const frame = await phone.page.locator('.page').boundingBox();
    const box = await phone.page.locator('wx-image').first().boundingBox();
    expect(logo).toMatchObject({
      id: 'logo',
      dataset: {},
      width: 320,
      height: 160,
      top: (box?.y ?? 0) - (frame?.y ?? 0),
    });
    expect(nodes).toMatchObject([
      { height: 80, display: 'block' },
      { dataset: { of: 'progress' }, percent: '40' },
    ]);
    expect(none).toBeNull();
    expect(viewport).toMatchObject({ scrollTop: 0, scrollLeft: 0 });
    expect(screen).toMatchObject({ left: 0, top: 0, width: frame?.width, height: frame?.height });
    expect(inside).toEqual({ id: '' });
  });

  it('downloads a file with its progress, shows it, and refuses domains outside of the list', async () => {
    const download = (address: string) =>
      phone.page.evaluate<{
        result: { errMsg: string; tempFilePath: string; statusCode: number };
        progress: object[];
      }>(`new Promise((resolve) => {
        const progress = [];
        const task = wx.downloadFile({ url: '${address}', complete: (result) => resolve({ result, progress }) });
        task.onProgressUpdate((each) => progress.push(each));
      })`);
    const [{ result, progress }, other] = await Promise.all([
      download(`${phone.serviceUrl}/logo.png?x=1`),
      download(`${phone.serviceUrl}/logo.png?x=2`),
    ]);
    expect(other.result.tempFilePath).not.toBe(result.tempFilePath);
    expect(result).toMatchObject({
      errMsg: 'downloadFile:ok',
      statusCode: 200,
      tempFilePath: expect.stringMatching(/^http:\/\/tmp\/.*\.png$/) as string,
    });
    const bytes = PICTURE.length;
    expect(progress.at(-1)).toEqual({
      progress: 100,
      totalBytesWritten: bytes,
      totalBytesExpectedToWrite: bytes,
    });
    await phone.setData({ 'state.downloaded': result.tempFilePath });
    await expect.poll(() => phone.widthOfPicture(1)).toBe(20);
    expect((await download(`${phone.serviceUrl}/missing.png`)).result).toMatchObject({
      statusCode: 404,
      tempFilePath: expect.any(String) as string,
    });
    expect((await download('https://elsewhere.example/x')).result.errMsg).toBe(
      'downloadFile:fail url not in domain list',
    );
  });

  it('opens ten pages and refuses the eleventh, with a channel to the page that it opens', async () => {
    const opened = await phone.page.evaluate<string>(`new Promise((opened) => wx.navigateTo({
      url: '/pages/next/index?name=%E4%B8%AD', events: { opened },
    }))`);
    // A page decodes its query itself.
    expect(opened).toBe('%E4%B8%AD');
    const go = (code: string) =>
      phone.page.evaluate<string>(`wx.${code}.then(({ errMsg }) => errMsg, ({ errMsg }) => errMsg)`);
    for (let i = 3; i <= 10; i++)
      expect(await go(`navigateTo({ url: '../next/index' })`)).toBe('navigateTo:ok');
    expect(await go(`navigateTo({ url: '../next/index' })`)).toBe(
      'navigateTo:fail webview count limit exceed',
    );
    expect(await go('navigateBack({ delta: 99 })')).toBe('navigateBack:ok');
    expect(await phone.page.evaluate('getCurrentPages().length')).toBe(1);
  });

  it('answers how it was opened, and keeps a clipboard', async () => {
    expect(
      await phone.page.evaluate(
        `[getApp().launched, wx.getLaunchOptionsSync().path, wx.getEnterOptionsSync().scene]`,
      ),
    ).toEqual(['pages/index/index', 'pages/index/index', 1001]);
    expect(
      await phone.page.evaluate(
        `wx.setClipboardData({ data: 'a' }).then(() => wx.getClipboardData()).then(({ data }) => data)`,
      ),
    ).toBe('a');
    await phone.page.getByText('内容已复制').waitFor();
  });
});

it('follows a navigator into a subpackage', async () => {
  await phone.page.getByRole('link', { name: 'Shop' }).click();
  await expect
    .poll(() => phone.page.evaluate('getCurrentPages().map(({ route, options }) => [route, options])'))
    .toEqual([
      ['pages/index/index', {}],
      ['shop/pages/item/index', { name: 'a%20b' }],
    ]);
});

it('reports components, functions and modes that it lacks, once, and links that lead nowhere', async () => {
  for (const name of ['Nowhere', 'Elsewhere']) await phone.page.getByRole('link', { name }).click();
  await phone.open('Region');
  expect(await phone.page.evaluate('[wx.scanCode, wx.scanCode, wx.getFileSystemManager().readFile]')).toEqual(
    Array(3).fill(undefined),
  );
  // Chromium reports the handlers of hostile HTML when they are parsed, and the 404 of the download.
  const known = /^Executing inline event handler|status of 404/;
  expect(phone.printed.filter((text) => !known.test(text))).toEqual([
    ...lacked('<map>'),
    '<navigator>: page "pages/none/index" is not found',
    ...lacked('<navigator target="miniProgram">', '<picker mode="region">', 'wx.scanCode'),
    ...lacked('FileSystemManager.readFile'),
  ]);
});

function lacked(...names: string[]): string[] {
  return names.map((name) => `The sandbox's phone has no ${name}. A real phone may have it.`);
}
