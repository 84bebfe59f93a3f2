import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { APPID } from '../admin/admin.js';
import { useFolder } from '../support/folder.js';
import { call } from '../support/http.js';
import { Program } from '../support/process.js';
import { type LoginBody, useStack } from '../support/stack.js';
import { useFront } from '../verify-elsewhere/front.js';
import { compile, install, type Kind, packed } from './fresh-project.js';

const EXPRESS: Kind = { modules: 'commonjs', platform: 'express' };
const FASTIFY: Kind = { modules: 'module', platform: 'fastify' };
/** Projects of Nest 11 are CommonJS. */
const PROJECTS = [
  { nest: '11', kinds: [EXPRESS] },
  { nest: '12', kinds: [EXPRESS, FASTIFY] },
];

const front = await useFront();

describe('the packed package', () => {
  const folder = useFolder();
  const stack = useStack({ JWT_ISSUER: front.url });
  let tarball = '';
  let login: LoginBody;
  beforeAll(async () => {
    front.forwardTo(stack.url);
    login = await stack.loggedIn();
    tarball = await packed(folder);
  });

  describe.each(PROJECTS)('in a new project of Nest $nest', ({ nest, kinds }) => {
    const project = join(folder, nest);
    beforeAll(() => install(project, tarball, nest, kinds), 300_000);

    it.each(kinds)('guards an application of type $modules on $platform', async (kind) => {
      // Nest 11 in Jest cannot load ES modules by require(): nothing here may need that.
      const options = nest === '11' ? ['--no-experimental-require-module'] : [];
      const main = await compile(project, kind);
      const program = new Program(main, { PASSPORT_ISSUER: front.url }, undefined, [], options);
      try {
        await program.prints('listening on ');
        const [, url = ''] = /listening on (http:\S+)/.exec(program.output) ?? [];
        const good = await call(`${url}/whoami`, { token: login.access });
        expect([good.status, good.body]).toEqual([200, { user_id: login.user_id, appid: APPID }]);
        const refused = await call(`${url}/whoami`, { token: login.refresh });
        expect([refused.status, refused.body['code']]).toEqual([401, 'token_invalid']);
        expect(refused.headers.get('www-authenticate')).toContain('invalid_token');
      } finally {
        await program.stop();
      }
    });
  });
});
