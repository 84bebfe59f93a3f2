import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { VARIABLES } from '../../libs/config/src/variables/variables.js';
import { text, yaml } from './files.js';

interface Service {
  read_only?: boolean;
  environment?: Record<string, string>;
  stop_grace_period?: string;
  depends_on?: object;
  volumes?: (string | { source: string })[];
  ports?: string[];
  [option: string]: unknown;
}
const compose = yaml('several-servers/compose.yaml', { merge: true }) as {
  services: Record<string, Service>;
  volumes: object;
};
const apis = Object.entries(compose.services).filter(([name]) => name.startsWith('api-'));
const KNOWN = Object.keys(VARIABLES);
const caddy = text('caddy/Caddyfile');
const nginx = text('nginx/weapp-passport.conf');

describe('deploy/several-servers/compose.yaml', () => {
  it('runs two equal instances, PostgreSQL, Redis and Caddy', () => {
    expect(apis).toHaveLength(2);
    expect(apis[0]?.[1]).toEqual(apis[1]?.[1]);
    for (const name of ['postgres', 'redis', 'caddy']) expect(compose.services).toHaveProperty(name);
  });

  it('sets only variables that the service reads, and no secret', () => {
    const environment = apis[0]?.[1].environment ?? {};
    expect(Object.keys(environment).filter((name) => !KNOWN.includes(name))).toEqual([]);
    for (const name of ['SECRET_KEY', 'WEIXIN_APPS']) expect(environment[name]).toBe(`\${${name}:?}`);
    expect(environment['TRUST_PROXY_HOPS']).toBe('1');
  });

  it('needs what its env.example names and its page generates, and nothing else', () => {
    const needed = new Set(
      [...text('several-servers/compose.yaml').matchAll(/\$\{(\w+):\?\}/g)].map(([, name]) => name),
    );
    const named = [...text('several-servers/env.example').matchAll(/^(\w+)=/gm)].map(([, name]) => name);
    expect([...named, 'POSTGRES_PASSWORD', 'SECRET_KEY'].sort()).toEqual([...needed].sort());
    for (const page of ['README.md', 'README.zh-CN.md'])
      expect(text(`several-servers/${page}`)).toMatch(
        /^\[ -e \.env \] \|\| \{ install -m 600 env\.example \.env && printf 'SECRET_KEY=%s\\nPOSTGRES_PASSWORD=%s\\n' /m,
      );
  });

  it('gives an instance more time to stop than the service needs, on a read-only root', () => {
    const { environment = {}, stop_grace_period: grace = '', read_only: readOnly } = apis[0]?.[1] ?? {};
    expect(Number.parseInt(grace)).toBeGreaterThan(Number(environment['SHUTDOWN_DELAY_SECONDS']) + 10);
    expect(readOnly).toBe(true);
  });

  it('publishes the ports of Caddy, and Prometheus on loopback only', () => {
    const published = Object.entries(compose.services).flatMap(([name, { ports = [] }]) =>
      ports.map((port) => [name, port]),
    );
    expect(published).toEqual([
      ...['80:80', '443:443', '443:443/udp'].map((port) => ['caddy', port]),
      ['prometheus', '127.0.0.1:9090:9090'],
    ]);
  });

  it('drops capabilities and bounds the logs of all but PostgreSQL and Prometheus', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      if (['postgres', 'prometheus'].includes(name)) continue;
      expect(service, name).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        logging: { options: { 'max-size': '10m', 'max-file': '3' } },
      });
    }
  });

  it('mounts files that are there, and volumes that are declared', () => {
    const mounts = Object.values(compose.services).flatMap(({ volumes = [] }) => volumes);
    for (const mount of mounts) {
      const [source = ''] = typeof mount === 'string' ? mount.split(':') : [mount.source];
      // Its page makes it.
      if (source === './backup') continue;
      const isThere = source.startsWith('.')
        ? existsSync(fileURLToPath(new URL(`../../deploy/several-servers/${source}`, import.meta.url)))
        : source in compose.volumes;
      expect(isThere, source).toBe(true);
    }
  });
});

describe('the proxies', () => {
  it('remove the headers of WeChat’s gateway from the requests of clients', () => {
    expect(caddy).toMatch(/^\trequest_header -X-WX-\*$/m);
    for (const name of ['OPENID', 'APPID', 'UNIONID', 'FROM-OPENID', 'FROM-APPID', 'FROM-UNIONID', 'SOURCE'])
      expect(nginx).toContain(`proxy_set_header X-WX-${name} "";`);
  });

  it('forward the client address and a request id to the service', () => {
    // Caddy replaces X-Forwarded-For by default.
    expect(caddy).not.toContain('trusted_proxies');
    expect(nginx).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
    expect(caddy).toContain('request_header X-Request-Id {http.request.uuid}');
    expect(nginx).toContain('proxy_set_header X-Request-Id $request_id;');
  });

  it('accept a body as large as the service does', () => {
    const [, kilobytes] = /client_max_body_size (\d+)k;/.exec(nginx) ?? [];
    expect(Number(kilobytes)).toBeGreaterThanOrEqual(6 * 64);
  });

  it('set the same limits in nginx and in the Ingress', () => {
    const { metadata } = yaml('kubernetes/ingress.yaml') as {
      metadata: { annotations: Record<string, string> };
    };
    const annotation = (name: string) => Number(metadata.annotations[`nginx.ingress.kubernetes.io/${name}`]);
    const inNginx = (pattern: RegExp) => Number(pattern.exec(nginx)?.[1]);
    expect(annotation('limit-rps')).toBe(inNginx(/rate=(\d+)r\/s/));
    expect(annotation('limit-rps') * annotation('limit-burst-multiplier')).toBe(
      inNginx(/burst=(\d+) nodelay/),
    );
    expect(annotation('limit-connections')).toBe(inNginx(/limit_conn \w+ (\d+);/));
    expect(annotation('proxy-connect-timeout')).toBe(inNginx(/proxy_connect_timeout (\d+)s/));
    expect(annotation('proxy-read-timeout')).toBe(inNginx(/proxy_read_timeout (\d+)s/));
  });

  it('hide the routes for operators, and check readiness', () => {
    expect(caddy).toContain('health_uri /health/ready');
    for (const path of ['health', 'metrics', 'docs']) {
      expect(caddy).toMatch(new RegExp(`@operators path .*/${path}`));
      expect(nginx).toMatch(new RegExp(`location ~ \\^/\\(.*${path}`));
    }
  });

  it('send to every instance of several-servers/compose.yaml', () => {
    for (const [name] of apis) expect(caddy).toContain(`${name}:8000`);
  });
});
