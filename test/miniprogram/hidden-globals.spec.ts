import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { HIDDEN_GLOBALS, miniProgram } from '../../scripts/phone/mini-program.mjs';
import { useFolder } from '../support/folder.js';

const folder = useFolder();

it('hides from the code of a mini-program what a browser has and a phone has not', async () => {
  const files = {
    'app.json': '{"pages":["page"]}',
    'app.js': `seen.push(${HIDDEN_GLOBALS.map((name) => `typeof ${name}`).join()});`,
    'page.json': '{"usingComponents":{}}',
    'page.wxml': '<view></view>',
    // Code may have variables of these names.
    'page.js': `const URL = 'mine'; seen.push(URL, typeof Date);`,
    'entry.js': `import { runApp, parts } from 'mini-program:code'; runApp(); parts['page'].run();`,
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'entry.js')],
    bundle: true,
    write: false,
    format: 'iife',
    plugins: [miniProgram(folder)],
  });
  const seen: string[] = [];
  const browser = Object.fromEntries(HIDDEN_GLOBALS.map((name) => [name, () => name]));
  runInNewContext(outputFiles[0]?.text ?? '', { ...browser, seen });
  expect(seen).toEqual([...HIDDEN_GLOBALS.map(() => 'undefined'), 'mine', 'function']);
});
