// Runs npm scripts in parallel, and prints the output of each when it has ended. Fails if one fails, after all have ended.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

const npm = process.env.npm_execpath;
if (npm === undefined) throw new Error('this is a part of npm scripts');

await Promise.all(
  process.argv.slice(2).map(async (script) => {
    const child = spawn(process.execPath, [npm, 'run', script], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [[code], ...output] = await Promise.all([
      once(child, 'close'),
      text(child.stdout),
      text(child.stderr),
    ]);
    process.stdout.write(output.join(''));
    if (code !== 0) process.exitCode = 1;
  }),
);
