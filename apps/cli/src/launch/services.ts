import type { Settings } from '@ionloop/config';
import { join } from 'node:path';
import type { Failure } from '../failure.js';
import type { Terminal } from '../terminal.js';
import { Child, type ReadyMessage } from './child.js';
import { serviceEnvironment, systemEnvironment } from './child-env.js';
import { ChildLog } from './child-log.js';
import { demoStations } from './tokens.js';
import { entryOf, type App } from './entries.js';
import { writeRunFile } from './run-file.js';
import { markOf } from '@ionloop/embedded-postgres';
import type { Shutdown } from './shutdown.js';

export interface ServicesOptions {
  readonly settings: Settings;
  readonly terminal: Terminal;
  readonly databaseUrl: string;
  readonly shutdown: Shutdown;
  readonly onLost: (why: Failure) => void;
}

/** What each may take to end in order; together less than what stopping may take. */
const graceMs: Readonly<Record<App, number>> = { 'lab-sim': 1_500, worker: 3_300, api: 2_500 };

/** The processes that are Ionloop beside its database. */
export class Services {
  readonly #children: Child[] = [];
  #url: string | null = null;
  #apiUrl = '';
  #port: number;

  constructor(private readonly options: ServicesOptions) {
    this.#port = options.settings.port;
    this.#writeRunFile();
  }

  /** Starts API and worker side by side; gives the address that the API listens on. */
  async startServer(): Promise<string> {
    const env = (): Readonly<Record<string, string>> => {
      const { settings, terminal, databaseUrl } = this.options;
      return serviceEnvironment(terminal.env, {
        DATABASE_URL: databaseUrl,
        IONLOOP_HOME: settings.home,
        // Whatever port it found the first time, people know by now.
        IONLOOP_PORT: String(this.#port),
        // Who stops the launcher sits before it.
        IONLOOP_DRAIN_SECONDS: '0',
        IONLOOP_END_SECONDS: '1',
      });
    };
    const api = await this.#child('api', env);
    const worker = await this.#child('worker', env);
    const [{ url = '' }] = await Promise.all([api.start(), worker.start()]);
    this.#apiUrl = url;
    if (URL.canParse(url)) this.#port = Number(new URL(url).port || this.#port);
    this.#url = this.options.settings.publicUrl ?? url;
    this.#writeRunFile();
    return this.#url.replace(/\/+$/, '');
  }

  /** A simulated lab, which speaks to the API as any lab would. */
  async startLab(tokens: ReadonlyMap<string, string>): Promise<ReadyMessage> {
    const { settings, terminal } = this.options;
    const env = (): Readonly<Record<string, string>> => ({
      ...systemEnvironment(terminal.env),
      ...labTokenVariables(tokens),
    });
    const lab = await this.#child('lab-sim', env, [
      '--url',
      this.#apiUrl,
      ...demoStations.flatMap((station) => ['--station', station]),
      '--speed',
      String(settings.demoSpeed),
      '--seed',
      'demo',
      '--spool',
      join(settings.home, 'lab-sim'),
    ]);
    return lab.start();
  }

  kill(): void {
    for (const child of this.#children) child.kill();
  }

  async #child(
    app: App,
    env: () => Readonly<Record<string, string>>,
    args: readonly string[] = [],
  ): Promise<Child> {
    const { settings, shutdown, onLost } = this.options;
    const log = new ChildLog(join(settings.home, 'logs', `${app}.log`));
    const child = new Child({
      name: app,
      entry: entryOf(app),
      args,
      env,
      log,
      onSpawn: () => this.#writeRunFile(),
      onLost,
    });
    this.#children.push(child);
    await shutdown.add(() => child.stop(graceMs[app]));
    return child;
  }

  #writeRunFile(): void {
    const { settings, databaseUrl, shutdown } = this.options;
    if (shutdown.ending) return;
    writeRunFile(settings.home, {
      url: this.#url,
      databaseUrl,
      children: this.#children.flatMap(({ pid }) => (pid === undefined ? [] : [markOf(pid)])),
    });
  }
}

const labTokenVariables = (tokens: ReadonlyMap<string, string>): Readonly<Record<string, string>> => ({
  IONLOOP_LAB_TOKENS: JSON.stringify(Object.fromEntries(tokens)),
});
