import { execFileSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { en } from '../../apps/sandbox/texts/en.js';
import { useFolder } from '../support/folder.js';
import { useWorkbench } from './workbench.js';

const workbench = useWorkbench({ isShared: true });
const folder = useFolder();
const MAY_HAVE_BYTES = { still: 250_000, moving: 200_000 };
const EVERY_MS = 250;
const WIDTH_PX = 720;
const LAST_SECONDS = 3;

const image = (name: string) => fileURLToPath(new URL(`../../docs/images/${name}`, import.meta.url));
const size = (name: string) => statSync(image(name)).size;

it('the page, as a still picture', async () => {
  await workbench.visit('alice', { viewport: { width: 1280, height: 820 }, deviceScaleFactor: 1.25 });
  await workbench.add('学习小程序的登录');
  await workbench.add('读完 RFC 9700');
  await workbench.synced();
  // The arrows have arrived.
  await sleep(500);
  await workbench.page.screenshot({ path: image('sandbox-light.png') });
  expect(size('sandbox-light.png')).toBeLessThan(MAY_HAVE_BYTES.still);
});

it('the stolen refresh token, as a moving picture', async () => {
  workbench.expectsAnswers(401);
  await workbench.visit('carol', { viewport: { width: 1080, height: 840 } });
  await workbench.synced();
  const { name } = en.stories.list.theft;
  await workbench.page.getByRole('button', { name, exact: true }).click();
  const frames: { file: string; at: number }[] = [];
  const over = workbench.page.locator('.caption .after');
  while ((await over.count()) === 0 || frames.length === 0) {
    const file = join(folder, `${frames.length}.png`);
    frames.push({ file, at: performance.now() });
    await workbench.page.screenshot({ path: file });
    await sleep(EVERY_MS);
  }
  await sleep(EVERY_MS);
  const end = join(folder, 'end.png');
  await workbench.page.screenshot({ path: end });
  frames.push({ file: end, at: performance.now() });

  const list = frames.map(({ file, at }, index) => {
    const next = frames[index + 1]?.at ?? at + LAST_SECONDS * 1000;
    return `file '${file}'\nduration ${((next - at) / 1000).toFixed(3)}\n`;
  });
  const listFile = join(folder, 'frames.txt');
  writeFileSync(listFile, `${list.join('')}file '${end}'\n`);
  const target = image('sandbox-story.webp');
  execFileSync('ffmpeg', [
    ...['-y', '-loglevel', 'error', '-f', 'concat', '-safe', '0', '-i', listFile],
    ...['-vf', `fps=4,scale=${WIDTH_PX}:-1`, '-loop', '0'],
    ...['-c:v', 'libwebp_anim', '-quality', '80', '-compression_level', '6', target],
  ]);
  expect(size('sandbox-story.webp')).toBeLessThan(MAY_HAVE_BYTES.moving);
});
