import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { spawn } from 'node:child_process';
import { run } from '../src/index.js';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command in this process, with nothing of this machine's environment. */
export async function ionloop(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(args, {
    env,
    watched: false,
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    progress: () => undefined,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** The built command as a user runs it; a start that does not fail is ended. */
export function spawned(args: readonly string[], env: Record<string, string>): Promise<Ran> {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [resolve(__dirname, '../dist/main.js'), ...args], {
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (err += text.toString()));
  const limit = setTimeout(() => child.kill('SIGKILL'), 20_000);
  return new Promise((done) => {
    child.once('close', (code) => {
      clearTimeout(limit);
      done({ code, out, err });
    });
  });
}

/** A folder with files of a test's own. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'ionloop-cli-'));

  file(name: string, content: string): string {
    const path = join(this.path, name);
    writeFileSync(path, content);
    return path;
  }

  at(name: string): string {
    return join(this.path, name);
  }

  json(name: string): unknown {
    return JSON.parse(readFileSync(this.at(name), 'utf8'));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
