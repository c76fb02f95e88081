import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../apps/worker/dist/main.js', import.meta.url));
const probe = new URL('probe.mjs', import.meta.url).href;

/** The built worker as a server runs it, in a process of its own, that can be asked what it took. */
export async function startWorker(databaseUrl) {
  const child = fork(entry, [], {
    env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl, IONLOOP_LOG_LEVEL: 'warn' },
    execArgv: ['--import', probe, ...(process.env.BENCH_NODE_OPTIONS ?? '').split(' ').filter(Boolean)],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const gone = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`the worker ended by itself: ${code ?? signal}`);
  });
  await Promise.race([once(child, 'message'), gone]);
  gone.catch(() => undefined);
  return {
    measure: async () => {
      const told = once(child, 'message');
      child.send('measure');
      const [measured] = await Promise.race([told, gone]);
      return measured;
    },
    end: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
