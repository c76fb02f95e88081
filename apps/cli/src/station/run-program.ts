import type { Assignment, Result, Run, RunContext } from '@ionloop/lab-client';
import { spawn, type ChildProcess } from 'node:child_process';
import { readResult } from './read-result.js';

export interface ProgramOptions {
  /** As a shell would start it. */
  readonly command: string;
  /** Between SIGTERM and SIGKILL. */
  readonly graceMs: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly tell: (line: string) => void;
}

const mostOutput = 16 * 1024 * 1024;

/** Makes a run of a program: the spec goes in, the result comes out, and it does not outlive the attempt. */
export function runProgram(options: ProgramOptions): Run {
  return async (assignment: Assignment, { signal }: RunContext): Promise<Result> => {
    signal.throwIfAborted();
    const env = { ...options.env, IONLOOP_TOKEN: undefined, IONLOOP_ATTEMPT: assignment.attemptId };
    const child = spawn(options.command, {
      shell: true,
      // A group of its own, so that what the shell has started is ended with it.
      detached: process.platform !== 'win32',
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (text: Buffer) => {
      if (out.length < mostOutput) out += text.toString();
    });
    child.stderr.on('data', (text: Buffer) => {
      err = (err + text.toString()).slice(-4000);
      for (const line of text.toString().split('\n')) if (line.trim() !== '') options.tell(line);
    });
    // A program that does not read its input is none the worse for it.
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${JSON.stringify(assignment.spec)}\n`);
    const code = await ending(child, signal, options.graceMs);
    signal.throwIfAborted();
    if (code !== 0) throw new Error(`the program ended with ${code}: ${lastLine(err)}`);
    return readResult(out, assignment.spec);
  };
}

function ending(child: ChildProcess, signal: AbortSignal, graceMs: number): Promise<number | string> {
  return new Promise((resolve, reject) => {
    let limit: NodeJS.Timeout | undefined;
    const stop = (): void => {
      end(child, 'SIGTERM');
      limit = setTimeout(() => end(child, 'SIGKILL'), graceMs);
    };
    signal.addEventListener('abort', stop, { once: true });
    child.once('error', reject);
    child.once('close', (code, by) => {
      clearTimeout(limit);
      signal.removeEventListener('abort', stop);
      resolve(code ?? by ?? 'nothing said');
    });
  });
}

function end(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended by itself.
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) || 'without a word';
