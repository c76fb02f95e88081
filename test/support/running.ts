import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const cli = resolve(__dirname, '../../apps/cli/dist/main.js');

export interface RunningOptions {
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Leaves the printed link to be opened by somebody else. */
  readonly keepLink?: boolean;
}

interface GraphQLAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** The product as a user starts it, in a process of its own, and what its printed link opens. */
export class RunningIonloop {
  private secret = '';

  private constructor(
    readonly launcher: ChildProcess,
    readonly link: string,
    private readonly printed: () => string,
  ) {}

  static async start({ home, env = {}, keepLink = false }: RunningOptions): Promise<RunningIonloop> {
    const launcher = spawn(process.execPath, [cli, 'start'], {
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        IONLOOP_HOME: home,
        IONLOOP_PORT: '0',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const link = await new Promise<string>((found, lost) => {
      const read = (chunk: Buffer): void => {
        output += chunk.toString();
        const match = /https?:\/\/\S+\/#token=\S+/.exec(output);
        if (match) found(match[0]);
      };
      launcher.stdout.on('data', read);
      launcher.stderr.on('data', read);
      launcher.once('exit', (code) => lost(new Error(`ionloop start ended with ${code}:\n${output}`)));
      setTimeout(() => lost(new Error(`no link after 90 s:\n${output}`)), 90_000).unref();
    });
    const running = new RunningIonloop(launcher, link, () => output);
    if (!keepLink) await running.signIn();
    return running;
  }

  get url(): string {
    return new URL(this.link).origin;
  }

  get output(): string {
    return this.printed();
  }

  get token(): string {
    return this.secret;
  }

  private async signIn(): Promise<void> {
    const token = new URL(this.link).hash.replace('#token=', '');
    const response = await fetch(`${this.url}/auth/exchange`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    if (!response.ok)
      throw new Error(`the printed link does not open: ${response.status} ${await response.text()}`);
    this.secret = ((await response.json()) as { secret: string }).secret;
  }

  /** For who lets a browser open the link: the session that it got. */
  useSession(secret: string): void {
    this.secret = secret;
  }

  async query<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.secret}` },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(20_000),
    });
    const { data, errors } = (await response.json()) as GraphQLAnswer;
    if (errors?.length || !data) throw new Error(JSON.stringify(errors ?? 'no data'));
    return data as T;
  }

  /** The processes that the launcher started and their children, by what they run. */
  processes(): readonly { readonly pid: number; readonly command: string }[] {
    return this.launcher.pid === undefined ? [] : descendants(this.launcher.pid);
  }

  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<void> {
    if (this.launcher.exitCode !== null || this.launcher.signalCode !== null) return;
    await new Promise<void>((ended) => {
      this.launcher.once('exit', () => ended());
      this.launcher.kill(signal);
    });
  }
}

function descendants(root: number): { pid: number; command: string }[] {
  const rows = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        return [{ pid: Number(name), parent, command }];
      } catch {
        return [];
      }
    });
  const own = rows.filter(({ parent }) => parent === root);
  return own.flatMap(({ pid, command }) => [{ pid, command }, ...descendants(pid)]);
}

/** Asks until the answer is there; says what it was waiting for when it never comes. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false>,
  { seconds = 60, every = 150 }: { readonly seconds?: number; readonly every?: number } = {},
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  let trouble: unknown;
  while (performance.now() < deadline) {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      trouble = error;
    }
    await new Promise((resolve) => setTimeout(resolve, every));
  }
  throw new Error(
    `waited ${seconds} s for ${what}${trouble instanceof Error ? `; last trouble: ${trouble.message}` : ''}`,
  );
}
