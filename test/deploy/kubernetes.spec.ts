import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../libs/config/src/index.js';
import { VARIABLES } from '../../libs/config/src/variables/variables.js';
import { SECRET_KEY } from '../support/stack.js';
import { filesBelow, text, yaml } from './files.js';

interface Probe {
  httpGet: { path: string; port: string };
}
interface Container {
  image: string;
  command: string[];
  resources: object;
  ports: { name: string; containerPort: number }[];
  env: { name: string; value: string }[];
  livenessProbe: Probe;
  readinessProbe: Probe;
  startupProbe: Probe;
  securityContext: Record<string, unknown>;
}
interface Deployment {
  spec: {
    selector: { matchLabels: object };
    template: {
      metadata: { labels: object };
      spec: { terminationGracePeriodSeconds: number; securityContext: object; containers: [Container] };
    };
  };
}
interface Selecting {
  kind: string;
  spec: Record<string, unknown>;
}

const pod = (yaml('kubernetes/deployment.yaml') as Deployment).spec.template;
const [container] = pod.spec.containers;
const kustomization = yaml('kubernetes/kustomization.yaml') as {
  resources: string[];
  images: { name: string; newName: string; newTag: string }[];
  configMapGenerator: [{ name: string; literals: string[] }];
  replacements: { source: { fieldPath: string }; targets: [{ fieldPaths: string[] }] }[];
};
const [settings] = kustomization.configMapGenerator;
const literals = Object.fromEntries(settings.literals.map((pair) => pair.split('='))) as Record<
  string,
  string
>;
/** As kubelet does it with `$(NAME)`. */
const env = Object.fromEntries(
  container.env
    .filter(({ value }) => value)
    .map(({ name, value }) => [
      name,
      value.replace(/\$\((\w+)\)/, (all, key: string) => literals[key] ?? all),
    ]),
);
const { stringData: secret } = yaml('kubernetes/secret.example.yaml') as {
  stringData: Record<string, string>;
};
const KNOWN = Object.keys(VARIABLES);

describe('deploy/kubernetes', () => {
  it('applies every manifest but the example of a Secret', () => {
    const { resources } = kustomization;
    const rest = ['kustomization.yaml', 'secret.example.yaml'];
    const files = filesBelow('kubernetes').map((name) => name.replace(/^kubernetes./, ''));
    expect([...resources, ...rest].sort()).toEqual(files.sort());
    for (const file of files)
      expect((yaml(`kubernetes/${file}`) as { kind: string }).kind, file).toBeTruthy();
  });

  it('has image, host and Ingress class in one place', () => {
    expect(kustomization.images.map(({ name }) => name)).toEqual([container.image]);
    const ingress = yaml('kubernetes/ingress.yaml');
    for (const { source, targets } of kustomization.replacements) {
      const name = source.fieldPath.replace('data.', '');
      expect(literals).toHaveProperty(name);
      for (const path of targets[0].fieldPaths) expect(ingress).toHaveProperty(path, name);
    }
    expect(text('kubernetes/ingress.yaml').match(/(?<=: \[?)(DOMAIN|INGRESS_CLASS)\b/g)).toHaveLength(3);
    for (const file of kustomization.resources)
      expect(text(`kubernetes/${file}`)).not.toMatch(/example\.com/);
    expect(env['JWT_ISSUER']).toBe(`https://${literals['DOMAIN'] ?? ''}`);
  });

  it('has no snippet of a controller, which today’s controllers refuse', () => {
    expect(text('kubernetes/ingress.yaml')).not.toMatch(/-snippet/);
  });

  it('lets a pod reach names, WeChat, the databases, Redis and a collector, and no other port', () => {
    const policy = yaml('kubernetes/network-policy.yaml') as {
      spec: { egress: { ports: { port: number }[] }[] };
    };
    const ports = policy.spec.egress.flatMap((rule) => rule.ports.map(({ port }) => port));
    expect(new Set(ports)).toEqual(new Set([53, 443, 3306, 4318, 5432, 6379]));
  });

  it('requests the memory in which the service is tested', () => {
    expect(container.resources).toMatchObject({ requests: { memory: '384Mi' }, limits: { memory: '512Mi' } });
  });

  it('sets only variables that the service reads', () => {
    expect([...Object.keys(env), ...Object.keys(secret)].filter((name) => !KNOWN.includes(name))).toEqual([]);
  });

  it('is a configuration that starts, once the placeholders are replaced, and not before', () => {
    const given = { ...env, ...secret, DATABASE_URL: 'sqlite::memory:' };
    expect(() => loadConfig(given)).toThrow(ConfigError);
    const filled = {
      ...given,
      SECRET_KEY,
      WEIXIN_APPS: 'wx1234567890abcdef:0123456789abcdef0123456789abcdef',
    };
    expect(loadConfig(filled)).toMatchObject({ isProduction: true, TRUST_PROXY_HOPS: 1, METRICS_PORT: 9464 });
  });

  it('checks liveness without the database, and readiness with it', () => {
    expect(container.livenessProbe.httpGet).toEqual({ path: '/health/live', port: 'http' });
    expect(container.startupProbe.httpGet.path).toBe('/health/live');
    expect(container.readinessProbe.httpGet).toEqual({ path: '/health/ready', port: 'http' });
    const ports = container.ports.map(({ name, containerPort }) => [name, String(containerPort)]);
    expect(Object.fromEntries(ports)).toEqual({ http: env['PORT'], metrics: env['METRICS_PORT'] });
  });

  it('gives a pod more time to stop than the service needs', () => {
    const { SHUTDOWN_DELAY_SECONDS: delay, SHUTDOWN_TIMEOUT_SECONDS: timeout = '10' } = env;
    expect(pod.spec.terminationGracePeriodSeconds).toBeGreaterThan(Number(delay) + Number(timeout));
  });

  it('runs as an unprivileged user on a read-only root', () => {
    expect(pod.spec.securityContext).toMatchObject({ runAsNonRoot: true });
    expect(container.securityContext).toMatchObject({
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    });
  });

  it('selects the same pods everywhere', () => {
    const labels = pod.metadata.labels;
    const selectorOf = ({ kind, spec }: Selecting) =>
      kind === 'Service'
        ? spec['selector']
        : ((spec['selector'] ?? spec['podSelector']) as Deployment['spec']['selector']).matchLabels;
    for (const file of ['deployment', 'service', 'pod-disruption-budget', 'network-policy'])
      expect(selectorOf(yaml(`kubernetes/${file}.yaml`) as Selecting), file).toEqual(labels);
  });

  it('allows the namespace of Prometheus only to read the metrics, and not through the service', () => {
    const { spec } = yaml('kubernetes/service.yaml') as { spec: { ports: { targetPort: string }[] } };
    expect(spec.ports.map(({ targetPort }) => targetPort)).toEqual(['http']);
    const policy = yaml('kubernetes/network-policy.yaml') as {
      spec: { ingress: { ports: { port: number }[]; from: unknown }[] };
    };
    const rule = policy.spec.ingress.find(({ ports }) => ports.some(({ port }) => port === 9464));
    expect(JSON.stringify(rule?.from)).toContain('monitoring');
  });
});
