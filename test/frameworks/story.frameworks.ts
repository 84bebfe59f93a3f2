import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { ownPhone } from '../../scripts/phone/own-phone.mjs';
import { useWorkbench } from '../browser/workbench.js';
import { FRAMEWORKS, prepare } from './prepare.js';

const workbench = useWorkbench();
const inRepository = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The sandbox's phone with another mini-program in it, as `npm run sandbox -- --miniprogram` runs it. */
async function phoneWith(folder: string): Promise<string> {
  const phone = await ownPhone(folder);
  const { 'phone.js': script } = await phone.compile();
  await phone.close();
  return script ?? '';
}

/** What WeChat would pack, without types and licences. */
function sizeKb(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => !file.includes('node_modules') && /\.(js|wxml|wxss|wxs|json)$/.test(file))
    .map((file) => statSync(`${folder}/${file}`).size);
  return Math.round(files.reduce((sum, size) => sum + size, 0) / 1024);
}

it.each(FRAMEWORKS)(
  '%s: one login, one refresh for twelve calls on a dead token, a logout that stays',
  async (name) => {
    const folder = await prepare(name);
    const script = await phoneWith(folder);
    workbench.expectsAnswers(401);
    await workbench.page.route('**/phone/phone.js', (route) =>
      route.fulfill({ body: script, contentType: 'text/javascript' }),
    );
    // Nothing of the mini-program that was there before.
    await workbench.synced();
    await workbench.inPhone('localStorage.clear()');
    await workbench.page.reload();
    console.log(`${name}: ${sizeKb(folder)} KB of scripts, templates and styles`);
    await workbench.phone().getByRole('button', { name: 'play' }).click();
    await workbench.phone().getByText('same user · 1 login · 1 refresh · logged_out').waitFor();
  },
);

it('构建 npm gives what the build puts into our own mini-program', () => {
  const files = (folder: string) =>
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')]);
  expect(files(inRepository('test/frameworks/native/miniprogram_npm/weapp-passport-client'))).toEqual(
    files(inRepository('miniprogram/miniprogram_npm/weapp-passport-client')),
  );
});
