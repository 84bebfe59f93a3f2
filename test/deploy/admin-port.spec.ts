import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { filesBelow, text } from './files.js';

const DEPLOY = fileURLToPath(new URL('../../deploy', import.meta.url));
const FILES = filesBelow('.').filter((file) => statSync(join(DEPLOY, file)).isFile());
/** They open it on its default address, which is loopback. */
const ONE_SERVER = FILES.filter((file) => /^(one-server|1panel)\//.test(file));

describe('the files to deploy with', () => {
  it('include the proxies, Compose and Kubernetes', () => {
    expect(FILES).toEqual(
      expect.arrayContaining([
        'Dockerfile',
        'caddy/Caddyfile',
        'several-servers/compose.yaml',
        'kubernetes/service.yaml',
      ]),
    );
    expect(FILES).toContain('nginx/weapp-passport.conf');
  });

  it.each(FILES.filter((file) => !ONE_SERVER.includes(file)))(
    'do not open the admin listener or route to it: %s',
    (file) => {
      expect(text(file)).not.toMatch(/9002|ADMIN_(PORT|HOST|URL)|\/oauth\b|\/api\/admin\b/);
    },
  );

  it.each(ONE_SERVER)('open the admin listener on loopback only, and do not route to it: %s', (file) => {
    expect(text(file)).not.toMatch(/ADMIN_(HOST|URL)\b|0\.0\.0\.0|\/oauth\b|\/api\/admin\b/);
    for (const [, address] of text(file).matchAll(/(\S+?):9002/g)) expect(address).toMatch(/127\.0\.0\.1$/);
  });
});
