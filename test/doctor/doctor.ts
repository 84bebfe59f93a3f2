import { expect } from 'vitest';
import { ranHere } from '../support/command.js';
import { useFolder } from '../support/folder.js';
import { call } from '../support/http.js';
import { Program } from '../support/process.js';
import { SECRET_KEY, useStack } from '../support/stack.js';

/** A service, and a doctor that examines it, for the tests of one file. */
export function useDoctor() {
  const stack = useStack();
  const folder = useFolder();
  const envWith = (env: NodeJS.ProcessEnv) => ({ ...stack.env, JWT_ISSUER: stack.url, ...env });
  /** Runs the doctor in this process. */
  const examined = async (env: NodeJS.ProcessEnv = {}) => {
    const { code, output } = await ranHere(envWith(env), 'doctor');
    const [problems = '0'] = /(?<=Problems found: |发现 )\d+/.exec(output) ?? [];
    return { code, problems: Number(problems), output };
  };
  return {
    stack,
    folder,
    examined,
    json: (env: NodeJS.ProcessEnv) => ranHere(envWith(env), 'doctor', '--json'),
    /** Runs the doctor in a process of its own. */
    run: async (env: NodeJS.ProcessEnv = {}) => {
      const program = new Program('dist/apps/cli/src/passport.js', envWith(env), folder, ['doctor']);
      return { code: await program.ended(), output: program.output };
    },
    sandbox: (method: string, path: string, json?: object) =>
      call(`${String(stack.env['WEIXIN_API_BASE_URL'])}${path}`, { method, json }),
    /** Expects exactly this problem. */
    finds: async (title: string, env: NodeJS.ProcessEnv = {}) => {
      const { output } = await examined(env);
      expect(output).toContain(title);
      expect(output).toContain('Cause: ');
      expect(output).toContain('Fix: ');
      expect(output).toMatch(/\nProblems found: 1\.$/);
      expect(output).not.toMatch(/sandbox-secret|canary|\n\s+at /);
      expect(output).not.toContain(SECRET_KEY);
      return output;
    },
  };
}
