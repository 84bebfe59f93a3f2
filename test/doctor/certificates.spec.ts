import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { endedIn, ranHere, startRunner } from '../support/command.js';
import { useFolder } from '../support/folder.js';
import { useStack } from '../support/stack.js';
import { type Certificate, certificate } from './certificates.js';
import { startProxy } from './proxy.js';

const HERE = ['127.0.0.1'];
const root = certificate('Root');
const intermediate = certificate('Intermediate', { issuer: root });
const good = certificate('Good', { issuer: intermediate, hosts: HERE });

describe('passport doctor, at a JWT_ISSUER with TLS', () => {
  const stack = useStack();
  const folder = useFolder();
  const authorities = join(folder, 'root.pem');
  writeFileSync(authorities, root.cert);

  /** Examines a server that sends these certificates, its own first. */
  async function withServer<T>(chain: readonly Certificate[], examineAt: (url: string) => Promise<T>) {
    const cert = chain.map((each) => each.cert).join('');
    const proxy = await startProxy(stack.url, { cert, key: chain[0]?.key ?? '' });
    try {
      return { url: proxy.url, found: await examineAt(proxy.url) };
    } finally {
      proxy.stop();
    }
  }
  const envAt = (url: string) => ({ ...stack.env, JWT_ISSUER: url, TRUST_PROXY_HOPS: '1' });
  // In a process of its own: Node.js reads the authorities when it starts.
  const runner = startRunner({ NODE_EXTRA_CA_CERTS: authorities });
  afterAll(() => void runner.kill());
  /** Trusts the root. */
  const trusting = (url: string, more: NodeJS.ProcessEnv = {}) =>
    endedIn(runner, '', { ...envAt(url), ...more }, 'doctor');
  const examined = async (url: string, LANG = 'en') => {
    const { output } = await ranHere({ ...envAt(url), LANG }, 'doctor');
    expect(output).toMatch(/\n(Problems found: 1\.|发现 1 个问题。)$/);
    return output;
  };

  it('finds nothing wrong with a full chain', async () => {
    const { found } = await withServer([good, intermediate], trusting);
    expect(found.output).toMatch(/\nNothing is wrong\.$/);
    expect(found.code).toBe(0);
  });

  it('names a chain without its intermediate certificate', async () => {
    const { url, found } = await withServer([good], (address) => examined(address));
    expect(found).toContain(`The certificate chain is incomplete: ${url} (UNABLE_TO_VERIFY_LEAF_SIGNATURE)`);
    expect(found).toContain('fullchain.pem');
    expect(found).not.toContain('No server answers');
  });

  it('names an expired certificate, and one for another name at Redis', async () => {
    const expired = certificate('Expired', { issuer: intermediate, hosts: HERE, days: -1 });
    const other = certificate('Other', { issuer: intermediate, hosts: ['other.example'] });
    const { url, found: redis } = await withServer([expired, intermediate], (issuer) =>
      withServer([other, intermediate], (address) =>
        trusting(issuer, { REDIS_URL: `rediss://${new URL(address).host}` }),
      ),
    );
    const { code, output } = redis.found;
    expect(output).toContain(`The certificate has expired or is not valid yet: ${url} (CERT_HAS_EXPIRED)`);
    const { host } = new URL(redis.url);
    expect(output).toContain(`The certificate is for another name: ${host} (ERR_TLS_CERT_ALTNAME_INVALID)`);
    expect(code).toBe(1);
  });

  it('names a certificate of an authority that this machine does not know, and a self-signed one', async () => {
    const unknown = await withServer([good, intermediate], (url) => examined(url));
    expect(unknown.found).toContain('The certificate is from an unknown authority');
    const selfSigned = await withServer([certificate('Self', { hosts: HERE })], (url) => examined(url));
    expect(selfSigned.found).toContain('(DEPTH_ZERO_SELF_SIGNED_CERT)');
  });

  it('names a port that speaks no TLS', async () => {
    expect(await examined(stack.url.replace('http:', 'https:'))).toContain('No TLS connection can be made');
  });

  it('gives cause and fix in Chinese too', async () => {
    const { url, found } = await withServer([good], (address) => examined(address, 'zh'));
    expect(found).toContain(`证书链不完整：${url} (UNABLE_TO_VERIFY_LEAF_SIGNATURE)`);
    expect(found).toMatch(/原因：服务器只发送了自己的证书.*\n.*解决：/);
  });

  it('names the certificate of a Redis, too', async () => {
    await withServer([good], async (address) => {
      const { host } = new URL(address);
      const env = { ...stack.env, JWT_ISSUER: stack.url, REDIS_URL: `rediss://${host}` };
      const { output } = await ranHere(env, 'doctor');
      expect(output).toContain(`The certificate chain is incomplete: ${host} `);
    });
  });
});
