import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { useFolder } from '../support/folder.js';
import { type LoginBody, useStack } from '../support/stack.js';
import { useFront } from '../verify-elsewhere/front.js';
import { type BadToken, BAD_TOKENS, badTokens } from '../verify-elsewhere/tokens.js';
import { splitCode, textOf } from './pages.js';

const front = await useFront();

describe('the code of README.md that verifies a token', () => {
  const folder = useFolder();
  const stack = useStack({ JWT_ISSUER: front.url });
  const [block] = splitCode(textOf('README.md')).blocks.filter(({ language }) => language === 'js');
  let login: LoginBody;
  let bad: Record<BadToken, string>;
  let verify: (token: string) => Promise<{ sub: string }>;

  beforeAll(async () => {
    front.forwardTo(stack.url);
    login = await stack.loggedIn();
    bad = await badTokens(stack, login);
    const [imports = '', ...lines] = (block?.code ?? '')
      .replaceAll('https://login.example.com', front.url)
      .replace("'jose'", `'${import.meta.resolve('jose')}'`)
      .split('\n');
    const body = `export async function verify(token) {\n${lines.join('\n')}\nreturn payload;\n}\n`;
    writeFileSync(`${folder}/verify.mjs`, `${imports}\n${body}`);
    const url = pathToFileURL(`${folder}/verify.mjs`).href;
    ({ verify } = (await import(/* @vite-ignore */ url)) as { verify: typeof verify });
  });

  it('has at most five lines', () => {
    expect(block?.code.trim().split('\n').length).toBeLessThanOrEqual(5);
  });

  it('returns the user of an access token', async () => {
    expect(await verify(login.access)).toMatchObject({ sub: login.user_id });
  });

  it.each(BAD_TOKENS)('refuses %s', async (name) => {
    await expect(verify(bad[name])).rejects.toThrow();
  });
});
