import { type ChildProcess, fork } from 'node:child_process';
import { resolve } from 'node:path';

const apps = resolve(__dirname, '../../apps');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export type Line = Readonly<Record<string, unknown>> & { readonly msg?: string };

/** The built API or worker as a process, with what it wrote. */
export class ServiceProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  private readonly told: Promise<{ readonly url?: string }>;
  text = '';

  constructor(app: 'api' | 'worker', env: Readonly<Record<string, string>>) {
    this.child = fork(resolve(apps, app, 'dist/main.js'), [], {
      env: { PATH: process.env['PATH'], IONLOOP_PORT: '0', IONLOOP_WORKER_PORT: '0', ...env },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.text += chunk.toString()));
    }
    this.ended = new Promise((over) => {
      this.child.once('exit', (code, signal) => over({ code, signal }));
    });
    this.told = new Promise((tell) => {
      this.child.once('message', (message) => tell(message as { url?: string }));
    });
  }

  /** Once it has said that it is ready: where it answers. */
  async url(): Promise<string> {
    const gone = this.ended.then(({ code }) => {
      throw new Error(`it ended with ${code} before it was ready:\n${this.text}`);
    });
    const { url } = await Promise.race([this.told, gone]);
    gone.catch(() => undefined);
    if (url === undefined) throw new Error('it did not say where it is');
    return url;
  }

  get lines(): readonly Line[] {
    return this.text.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Line] : []));
  }

  get alive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  async end(): Promise<Ended> {
    this.child.kill('SIGTERM');
    return this.ended;
  }
}

export const metricsAt = async (url: string): Promise<string> => (await fetch(`${url}/metrics`)).text();

/** Names of our own metrics, as a scrape declares them. */
export const namesIn = (metrics: string): readonly string[] =>
  [...metrics.matchAll(/^# TYPE (ionloop_\w+) /gm)].map(([, name = '']) => name);
