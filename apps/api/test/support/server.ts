import { loadSettings } from '@ionloop/config';
import { type Role, roles } from '@ionloop/domain';
import { type Engine, issueToken, quietEngine, usualLab } from '@ionloop/engine';
import { openPersistence, type Persistence } from '@ionloop/persistence';
import { Client } from 'pg';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootApi, type BootOptions, type RunningApi } from '../../src/index.js';
import type { ApiSettings } from '../../src/parts.js';
import { contradiction } from './described.js';
import { freshDatabase, templateDatabase, type TestDatabase } from '../../../../test/support/postgres.js';

export const lab = {
  ...usualLab,
  claimSeconds: 86_400,
  taskSeconds: 86_400,
};
export const station = 'robot-1';

export interface GraphQLAnswer<T> {
  readonly status: number;
  readonly data: T;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly unknown[];
    readonly extensions: { readonly code: string; readonly correlationId?: string };
  }[];
}

export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

/** The real server on a database of its own, and a token for each role. */
export class TestServer {
  private constructor(
    readonly api: RunningApi,
    readonly engine: Engine,
    readonly tokens: Readonly<Record<Role, string>>,
    readonly database: TestDatabase,
    private readonly persistence: Persistence,
    /** Where it keeps artifacts. */
    readonly home: string,
  ) {}

  static async start(options: BootOptions = {}, change: Partial<ApiSettings> = {}): Promise<TestServer> {
    const database = await freshDatabase(await templateDatabase('api', prepare));
    const persistence = await openPersistence({ url: database.url, poolSize: 2 });
    const engine = quietEngine(persistence.store, { lab });
    const tokens = {} as Record<Role, string>;
    for (const role of roles) {
      const bound = role === 'lab' ? { station } : { instance: role === 'admin' };
      tokens[role] = (await issueToken(engine, { name: `a ${role}`, role, days: 1, ...bound })).secret;
    }
    const home = mkdtempSync(join(tmpdir(), 'ionloop-api-'));
    const api = await bootApi({ ...settingsFor(database.url), home, ...change }, options);
    return new TestServer(api, engine, tokens, database, persistence, home);
  }

  get url(): string {
    return this.api.url;
  }

  async query<T = Record<string, never>>(
    who: Role | null,
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<GraphQLAnswer<T>> {
    return this.send(who === null ? null : this.tokens[who], JSON.stringify({ query, variables }));
  }

  /** With a body as it is, which may be none that JSON.stringify writes. */
  async send<T>(secret: string | null, body: string): Promise<GraphQLAnswer<T>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
      },
      body,
    });
    return { status: response.status, ...((await response.json()) as Omit<GraphQLAnswer<T>, 'status'>) };
  }

  async rest(method: string, path: string, options: RestOptions = {}): Promise<RestAnswer> {
    const { secret, headers = {}, body } = options;
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    });
    const text = await response.text();
    const { status, headers: told } = response;
    const wrong = contradiction({ method, path, status, headers: told, text });
    if (wrong !== '') throw new Error(`not as docs/openapi.json has it: ${wrong}`);
    const isJson = text !== '' && response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
    };
  }

  /** Behind the server's back. */
  async sql(statements: string): Promise<void> {
    const client = new Client({ connectionString: this.database.url });
    await client.connect();
    await client.query(statements).finally(() => client.end());
  }

  async close(): Promise<void> {
    await this.api.close();
    await this.persistence.close();
    await this.database.drop();
    rmSync(this.home, { recursive: true, force: true });
  }
}

export interface RestOptions {
  readonly secret?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

export const settingsFor = (databaseUrl: string, port = 0) => ({
  ...loadSettings({}),
  // Tests ask faster than people, and many of them as nobody.
  rate: 100_000,
  rateBurst: 1_000_000,
  strangerRate: 1_000_000,
  databaseUrl,
  port,
  host: '127.0.0.1',
  redisUrl: undefined,
  tokenDays: 30,
  home: join(tmpdir(), 'ionloop-api-unused'),
  artifactsFolder: undefined,
  artifactMegabytes: 1,
  uploadHours: 48,
  license: 'CC-BY-4.0',
  creator: 'Ada Lovelace <https://orcid.org/0000-0002-1825-0097>',
  ...lab,
});

async function prepare(url: string): Promise<void> {
  const persistence = await openPersistence({ url, poolSize: 1 });
  await persistence.migrate();
  await persistence.close();
}
