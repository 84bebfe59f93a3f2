import { readFileSync } from 'node:fs';
import { ERRCODES, type Errcode } from '../../apps/sandbox/server/state/errcodes.js';
import type { WeixinEndpoint } from '../../apps/sandbox/server/weixin/endpoint.js';

const SERVER = new URL('../../apps/sandbox/server/', import.meta.url);
const KNOWN = Object.keys(ERRCODES);

/** The file of the endpoint that exports this path. */
const FILES: Readonly<Record<string, string>> = {
  '/cgi-bin/stable_token': 'stable-token',
  '/wxa/msg_sec_check': 'msg-sec-check',
};

/** Returns the errcodes that the source of an endpoint can answer without a fault, sorted. */
export function answerableErrcodes({ method, path, needsAccessToken }: WeixinEndpoint): Errcode[] {
  const found = new Set(method === 'GET' ? [43001] : [43002, ...errcodesOf('weixin/post-body.ts')]);
  if (needsAccessToken) for (const errcode of errcodesOf('state/access-tokens.ts')) found.add(errcode);
  collect(`weixin/${FILES[path] ?? path.split('/').at(-1)}.ts`, found);
  return [...found].sort((a, b) => a - b) as Errcode[];
}

/** Adds the errcodes of a file, of what it imports from its own folder, and of the parts of the state that it calls. */
function collect(file: string, found: Set<number>): void {
  const source = sourceOf(file);
  for (const errcode of errcodesOf(file)) found.add(errcode);
  for (const [, name = ''] of source.matchAll(/^import \{.*from '\.\/(.*)\.js'/gm)) {
    if (name !== 'post-body') collect(`weixin/${name}.ts`, found);
  }
  for (const [, part = ''] of source.matchAll(/\bstate\.(\w+Tokens|visits)\.(?:take|visitor)\(/g)) {
    const name = part.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    for (const errcode of errcodesOf(`state/${name}.ts`)) found.add(errcode);
  }
}

function errcodesOf(file: string): number[] {
  const code = sourceOf(file).replace(/\/\*\*[^]*?\*\/|\/\/.*$/gm, '');
  return KNOWN.filter((errcode) => new RegExp(`(?<![\\w-])${errcode}\\b`).test(code)).map(Number);
}

function sourceOf(file: string): string {
  return readFileSync(new URL(file, SERVER), 'utf8');
}
