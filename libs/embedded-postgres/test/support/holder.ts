import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const running = new Set<Holder>();

export interface Holder {
  readonly url: string;
  readonly serverPid: number;
  killHard(): Promise<void>;
}

/** Another process that runs a server on the folder. */
export async function holdServer(dataFolder: string, env: NodeJS.ProcessEnv = process.env): Promise<Holder> {
  const child: ChildProcess = spawn(process.execPath, [join(__dirname, 'hold-server.mjs'), dataFolder], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
  const { url, pid } = JSON.parse(line) as { url: string; pid: number };
  const holder: Holder = {
    url,
    serverPid: pid,
    killHard: async () => {
      child.kill('SIGKILL');
      await ended;
      running.delete(holder);
    },
  };
  running.add(holder);
  return holder;
}

/** Ends what a failed test has left running. */
export async function endHolders(): Promise<void> {
  for (const holder of running) await holder.killHard();
}
