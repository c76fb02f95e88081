import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { settingsTable } from '@ionloop/config';

interface Yaml {
  safeLoad(text: string): unknown;
  safeLoadAll(text: string): unknown[];
}

const yaml = createRequire(__filename)('js-yaml') as Yaml;
const checkout = resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(join(checkout, file), 'utf8');

type Tree = Readonly<Record<string, unknown>>;

/** What lies at a path of names and positions; undefined where the path ends before. */
const at = (tree: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((node, step) => (node as Record<string | number, unknown> | undefined)?.[step], tree);

const settings = Object.values<{ readonly name: string; readonly secret?: boolean }>(settingsTable);
const known = new Set(
  settings.flatMap(({ name, secret }) => (secret === true ? [name, `${name}_FILE`] : [name])),
);
/** Read by the images of others. */
const ofOthers = /^(POSTGRES_|NODE_)/;
const unknown = (names: readonly string[]): readonly string[] =>
  names.filter((name) => !known.has(name) && !ofOthers.test(name));

describe('docker-compose.yml', () => {
  const compose = yaml.safeLoad(read('docker-compose.yml')) as Tree;
  const services = Object.entries(compose['services'] as Record<string, Tree>);

  it('sets only variables that are settings, and no secret by itself', () => {
    for (const [name, service] of services) {
      const names = Object.keys(service['environment'] ?? {});
      expect({ name, unknown: unknown(names) }).toEqual({ name, unknown: [] });
      const secrets = names.filter((one) =>
        settings.some((each) => each.secret === true && each.name === one),
      );
      expect({ name, secrets }).toEqual({ name, secrets: [] });
    }
    expect(read('docker-compose.yml')).not.toMatch(/password[^_\s]*:\s*['"]?[a-z0-9]{4,}/i);
  });

  it.each(services)(
    '%s: not root, nothing to write on but what it says, bounded, checked',
    (name, service) => {
      expect(service['user']).toMatch(/^[1-9]\d*:[1-9]\d*$/);
      expect(service['read_only']).toBe(true);
      expect(service['cap_drop']).toEqual(['ALL']);
      expect(service['security_opt']).toContain('no-new-privileges:true');
      expect(at(service, 'deploy', 'resources', 'limits', 'memory')).toMatch(/^\d+[mg]$/);
      expect(Number(at(service, 'deploy', 'resources', 'limits', 'cpus'))).toBeGreaterThan(0);
      // One that ends when it is done has no health.
      if (name === 'migrate') expect(service['restart']).toBe('no');
      else expect(at(service, 'healthcheck', 'test')).toBeDefined();
    },
  );

  it('defines every network, volume and secret that a service names', () => {
    const named = (part: string): readonly string[] =>
      services.flatMap(([, service]) => (service[part] ?? []) as string[]);
    for (const part of ['networks', 'secrets', 'volumes']) {
      const defined = Object.keys(compose[part] as Tree);
      const used = named(part).map((one) => one.split(':')[0] ?? '');
      expect(used.length).toBeGreaterThan(0);
      expect(used.filter((one) => !defined.includes(one))).toEqual([]);
    }
    const passwords = Object.values(compose['secrets'] as Record<string, { file: string }>);
    for (const { file } of passwords) expect(file).toMatch(/^\.\/secrets\//);
    expect(read('.gitignore')).toMatch(/^secrets\/$/m);
    expect(read('.dockerignore')).toMatch(/^secrets$/m);
  });

  it('publishes the server alone, on loopback', () => {
    const published = services.flatMap(([name, { ports = [] }]) =>
      (ports as string[]).map((port) => [name, port]),
    );
    expect(published).toEqual([['api', '127.0.0.1:4680:4680']]);
  });
});

describe('Dockerfile', () => {
  const stages = read('Dockerfile')
    .split(/^FROM /m)
    .slice(1);

  it('builds in one stage and runs, as nobody, in another that has a health check', () => {
    const [build = '', run = ''] = stages;
    expect(stages).toHaveLength(2);
    expect(build).toContain('npm ci');
    expect(build).toContain('npm prune --omit=dev');
    expect(run).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
    expect(run).toMatch(/^HEALTHCHECK /m);
    expect(run).not.toContain('npm');
  });
});

describe('deploy/kubernetes', () => {
  const objects = yaml.safeLoadAll(read('deploy/kubernetes/ionloop.yaml')) as Tree[];
  const of = (kind: string): readonly Tree[] => objects.filter((object) => object['kind'] === kind);
  const nameOf = (object: Tree): string => String(at(object, 'metadata', 'name'));
  const workloads = [...of('Deployment'), ...of('Job')];

  it('has all the parts, each of a known version and in the namespace', () => {
    const kinds = objects.map(({ kind, apiVersion }) => `${String(apiVersion)} ${String(kind)}`);
    expect([...new Set(kinds)].sort()).toEqual([
      'apps/v1 Deployment',
      'autoscaling/v2 HorizontalPodAutoscaler',
      'batch/v1 Job',
      'networking.k8s.io/v1 NetworkPolicy',
      'policy/v1 PodDisruptionBudget',
      'v1 ConfigMap',
      'v1 Namespace',
      'v1 PersistentVolumeClaim',
      'v1 Service',
    ]);
    for (const object of objects) {
      if (object['kind'] !== 'Namespace') expect(at(object, 'metadata', 'namespace')).toBe('ionloop');
    }
  });

  it('sets only variables that are settings', () => {
    const [map] = of('ConfigMap');
    const inPods = workloads.flatMap(
      (one) => (at(one, 'spec', 'template', 'spec', 'containers', 0, 'env') ?? []) as { name: string }[],
    );
    const names = [...Object.keys(map?.['data'] as Tree), ...inPods.map(({ name }) => name)];
    expect(names.length).toBeGreaterThan(8);
    expect(unknown(names)).toEqual([]);
  });

  it.each(workloads.map((one) => [nameOf(one), one] as const))(
    '%s: restricted, bounded, with what it mounts',
    (_, one) => {
      const pod = at(one, 'spec', 'template', 'spec') as Tree;
      const container = at(pod, 'containers', 0) as Tree;
      expect(at(pod, 'securityContext', 'runAsNonRoot')).toBe(true);
      expect(at(pod, 'securityContext', 'seccompProfile', 'type')).toBe('RuntimeDefault');
      expect(pod['automountServiceAccountToken']).toBe(false);
      expect(container['securityContext']).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      for (const kind of ['requests', 'limits']) {
        for (const what of ['cpu', 'memory']) expect(at(container, 'resources', kind, what)).toBeDefined();
      }
      const volumes = (pod['volumes'] as { name: string }[]).map(({ name }) => name);
      const mounts = (container['volumeMounts'] as { name: string }[]).map(({ name }) => name);
      expect([...mounts].sort()).toEqual([...volumes].sort());
    },
  );

  it('probes what is there, and gives more time to end than draining and ending take', () => {
    const data = at(of('ConfigMap')[0], 'data') as Record<string, string>;
    const needed = Number(data['IONLOOP_DRAIN_SECONDS']) + Number(data['IONLOOP_END_SECONDS']);
    const ports = [data['IONLOOP_PORT'], data['IONLOOP_WORKER_PORT']].map(Number);
    for (const deployment of of('Deployment')) {
      const pod = at(deployment, 'spec', 'template', 'spec') as Tree;
      const container = at(pod, 'containers', 0) as Tree;
      expect(pod['terminationGracePeriodSeconds']).toBeGreaterThan(needed);
      expect(at(container, 'livenessProbe', 'httpGet', 'path')).toBe('/health/live');
      expect(at(container, 'readinessProbe', 'httpGet', 'path')).toBe('/health/ready');
      expect(ports).toContain(at(container, 'ports', 0, 'containerPort'));
      const period = Number(at(container, 'readinessProbe', 'periodSeconds'));
      const failures = Number(at(container, 'readinessProbe', 'failureThreshold'));
      if (nameOf(deployment) === 'api') {
        expect(Number(data['IONLOOP_DRAIN_SECONDS'])).toBeGreaterThan(period * failures);
      }
    }
  });

  it('selects pods that there are', () => {
    const labels = of('Deployment').map((one) => at(one, 'spec', 'template', 'metadata', 'labels') as Tree);
    const matches = (selector: Tree): boolean =>
      labels.some((label) => Object.entries(selector).every(([key, value]) => label[key] === value));
    const selectors = [
      ...of('Deployment').map((one) => at(one, 'spec', 'selector', 'matchLabels')),
      ...of('PodDisruptionBudget').map((one) => at(one, 'spec', 'selector', 'matchLabels')),
      ...of('Service').map((one) => at(one, 'spec', 'selector')),
      ...of('NetworkPolicy').map((one) => at(one, 'spec', 'podSelector', 'matchLabels')),
    ] as Tree[];
    expect(selectors).toHaveLength(6);
    for (const selector of selectors)
      expect({ selector, there: matches(selector) }).toEqual({ selector, there: true });
    const scaled = String(at(of('HorizontalPodAutoscaler')[0], 'spec', 'scaleTargetRef', 'name'));
    expect(of('Deployment').map(nameOf)).toContain(scaled);
  });
});

describe('deploy/prometheus', () => {
  it('has alerts that each say what, how bad, and for how long where it matters', () => {
    const [group] = (yaml.safeLoad(read('deploy/prometheus/alerts.yml')) as { groups: { rules: Tree[] }[] })
      .groups;
    const guide = read('docs/operators.md');
    expect(group?.rules.length).toBeGreaterThan(8);
    for (const rule of group?.rules ?? []) {
      expect(typeof rule['expr']).toBe('string');
      expect(at(rule, 'labels', 'severity')).toMatch(/^(page|ticket)$/);
      expect(at(rule, 'annotations', 'summary')).toBeDefined();
      expect({ alert: rule['alert'], inGuide: guide.includes(String(rule['alert'])) }).toMatchObject({
        inGuide: true,
      });
    }
  });
});
