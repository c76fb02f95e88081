import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  ConfigurationError,
  loadSettings,
  settingsMarkdown,
  settingsTable,
  type Problem,
} from '../src/index.js';

describe('settings', () => {
  it('have defaults for an empty environment', () => {
    expect(loadSettings({})).toEqual({
      host: '127.0.0.1',
      port: 4680,
      publicUrl: undefined,
      home: resolve('.ionloop'),
      databaseUrl: undefined,
      redisUrl: undefined,
      demo: true,
      demoSpeed: 20,
      demoExperiments: 30,
      workerThreads: expect.any(Number),
      logLevel: 'info',
      leaseSeconds: 60,
      heartbeatSeconds: 10,
      suspectSeconds: 1800,
      attemptCap: 3,
      claimSeconds: 86_400,
      taskSeconds: 86_400,
      sweepSeconds: 2,
      tokenDays: 30,
      bodyKilobytes: 1024,
      graphqlDepth: 12,
      graphqlAliases: 60,
      graphqlTokens: 4000,
      graphqlCost: 400_000,
      introspection: true,
      operations: 'any',
      rate: 50,
      rateBurst: 1000,
      rateFields: 20000,
      labRate: 1000,
      labRateBurst: 10_000,
      strangerRate: 120,
      proxies: 0,
      oidcAlgorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      oidcClockSeconds: 30,
      oidcNameClaim: 'name',
      oidcRoleClaim: 'roles',
      oidcRoles: [
        { word: 'ionloop-admin', means: 'admin' },
        { word: 'ionloop-approver', means: 'approver' },
        { word: 'ionloop-planner', means: 'planner' },
        { word: 'ionloop-viewer', means: 'viewer' },
      ],
      artifactsFolder: undefined,
      artifactMegabytes: 256,
      uploadHours: 48,
      dataFolder: undefined,
      startSeconds: 10,
      drainSeconds: 0,
      endSeconds: 2,
      workerPort: undefined,
      tracesEndpoint: undefined,
      warnings: [],
    });
  });

  it('take what the environment says, and an empty variable as not set', () => {
    const settings = loadSettings({
      IONLOOP_PORT: '0',
      IONLOOP_HOST: '',
      IONLOOP_DEMO: '0',
      IONLOOP_SWEEP_SECONDS: '0.5',
      IONLOOP_LOG_LEVEL: ' debug ',
      DATABASE_URL: 'postgresql://me:secret@db:5432/loop',
      REDIS_URL: 'rediss://cache',
    });
    expect(settings).toMatchObject({
      port: 0,
      host: '127.0.0.1',
      demo: false,
      sweepSeconds: 0.5,
      logLevel: 'debug',
      databaseUrl: 'postgresql://me:secret@db:5432/loop',
      redisUrl: 'rediss://cache',
    });
  });

  it('take a secret from a file, before the variable', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ionloop-config-'));
    const file = join(folder, 'database-url');
    writeFileSync(file, 'postgres://me:secret@db/loop\n');
    expect(loadSettings({ DATABASE_URL: 'postgres://other/x', DATABASE_URL_FILE: file }).databaseUrl).toBe(
      'postgres://me:secret@db/loop',
    );
    rmSync(folder, { recursive: true });
    expect(problemsOf({ DATABASE_URL_FILE: file })).toMatchObject([
      { variable: 'DATABASE_URL_FILE', value: file },
    ]);
  });

  it('say what the words of an issuer mean, in their order', () => {
    const { oidcRoles, oidcWorkspaces } = loadSettings({
      IONLOOP_OIDC_ROLES: 'https://lab.example/g=1 = instance, readers=viewer',
      IONLOOP_OIDC_WORKSPACES: 'group a=alpha',
    });
    expect(oidcRoles).toEqual([
      { word: 'https://lab.example/g=1', means: 'instance' },
      { word: 'readers', means: 'viewer' },
    ]);
    expect(oidcWorkspaces).toEqual([{ word: 'group a', means: 'alpha' }]);
  });

  it('cannot be changed', () => {
    const settings = loadSettings({});
    expect(Object.isFrozen(settings)).toBe(true);
    expect(Object.isFrozen(settings.warnings)).toBe(true);
  });

  it('have defaults that are themselves well written', () => {
    for (const entry of Object.values(settingsTable)) {
      if (entry.default !== undefined) expect(entry.parse(entry.default)).toBeDefined();
    }
  });
});

describe('what is wrong with the environment', () => {
  it('is said all at once, with each variable, its value and what would be right', () => {
    const load = () =>
      loadSettings({ IONLOOP_PORT: '99999', IONLOOP_DEMO: 'yes', IONLOOP_PUBLIC_URL: 'ionloop.example' });
    expect(load).toThrow(ConfigurationError);
    expect(load).toThrow(
      [
        'IONLOOP_PORT is "99999" but must be a whole number from 0 to 65535.',
        'IONLOOP_PUBLIC_URL is "ionloop.example" but must be a URL that begins with http:// or https://.',
        'IONLOOP_DEMO is "yes" but must be 1 or 0.',
      ].join('\n'),
    );
  });

  it.each([
    ['IONLOOP_PORT', '4.5'],
    ['IONLOOP_PORT', '-1'],
    ['IONLOOP_PORT', '0x10'],
    ['IONLOOP_WORKER_THREADS', '0'],
    ['IONLOOP_LOG_LEVEL', 'loud'],
    ['IONLOOP_DEMO_SPEED', 'fast'],
    ['DATABASE_URL', 'mysql://db/loop'],
    ['DATABASE_URL', 'postgres://'],
    ['REDIS_URL', 'localhost:6379'],
    ['IONLOOP_OIDC_ALGORITHMS', 'RS256,HS256'],
    ['IONLOOP_OIDC_ALGORITHMS', 'none'],
    ['IONLOOP_OIDC_ROLES', 'furnaces=lab'],
    ['IONLOOP_OIDC_ROLES', '=admin'],
    ['IONLOOP_OIDC_WORKSPACES', 'a'],
  ])('is found in %s=%s', (variable, value) => {
    expect(problemsOf({ [variable]: value })).toMatchObject([{ variable, value }]);
  });

  it.each([
    ['mysql://me:secret@db/loop', 'mysql://***@db/loop'],
    ['me:secret@db/loop', '***@db/loop'],
    ['http://me:se@cret@db/loop?sslpassword=secret&a=b', 'http://***@db/loop?sslpassword=***&a=b'],
  ])('never shows a password: %s', (value, shown) => {
    expect(problemsOf({ DATABASE_URL: value })).toMatchObject([{ variable: 'DATABASE_URL', value: shown }]);
  });

  it('includes an issuer without an audience, or one whose keys anybody on the way could change', () => {
    const issuer = 'http://login.example/realm';
    expect(problemsOf({ IONLOOP_OIDC_ISSUER: issuer })).toMatchObject([
      { variable: 'IONLOOP_OIDC_AUDIENCE', value: '' },
      { variable: 'IONLOOP_OIDC_ISSUER', value: issuer },
    ]);
    const local = { IONLOOP_OIDC_ISSUER: 'http://127.0.0.1:8080', IONLOOP_OIDC_AUDIENCE: 'ionloop' };
    expect(loadSettings(local).oidcIssuer).toBe('http://127.0.0.1:8080');
    const keys = 'http://127.0.0.1.example/keys';
    expect(problemsOf({ ...local, IONLOOP_OIDC_KEYS: keys })).toMatchObject([{ value: keys }]);
  });

  it('includes settings that contradict one another', () => {
    expect(problemsOf({ IONLOOP_LEASE_SECONDS: '10', IONLOOP_HEARTBEAT_SECONDS: '10' })).toEqual([
      {
        variable: 'IONLOOP_HEARTBEAT_SECONDS',
        value: '10',
        expected: 'less than IONLOOP_LEASE_SECONDS, which is 10',
      },
    ]);
  });
});

describe('a variable that is no setting', () => {
  it('is warned about with the nearest name that is one, if it looks like ours', () => {
    expect(loadSettings({ IONLOOP_PROT: '1', IONLOOP_LEASE_SECS: '5', PORT: '80' }).warnings).toEqual([
      'IONLOOP_LEASE_SECS is not a setting and has no effect; the nearest that is one is IONLOOP_LEASE_SECONDS.',
      'IONLOOP_PROT is not a setting and has no effect; the nearest that is one is IONLOOP_PORT.',
    ]);
  });
});

describe('the documentation of the settings', () => {
  it('has a row for each', () => {
    const rows = settingsMarkdown().trim().split('\n');
    expect(rows).toHaveLength(2 + Object.keys(settingsTable).length);
    expect(rows).toContain(
      '| `IONLOOP_PORT` | `4680` | Port to listen on; 0 takes any free one. | a whole number from 0 to 65535 |',
    );
    expect(settingsMarkdown()).toContain('| `IONLOOP_WORKER_THREADS` | processors − 1, at least 1 |');
  });
});

function problemsOf(env: Record<string, string>): readonly Problem[] {
  try {
    loadSettings(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}
