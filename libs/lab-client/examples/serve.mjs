// A station from its environment, until SIGINT or SIGTERM.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { LabClient, runStation } from '@ionloop/lab-client';

const { env } = process;
const number = (name, otherwise) => Number(env[name] ?? otherwise);

/** How long the made-up instrument takes for a sample. */
export const seconds = number('IONLOOP_RUN_SECONDS', 5);

/** A file that goes with a result; the conformance kit asks for one of a certain length. */
export function fileOf(name, content) {
  const text = JSON.stringify(content);
  return { name, mediaType: 'application/json', content: text.padEnd(number('IONLOOP_ARTIFACT_BYTES', 0)) };
}

export async function serve(station) {
  for (const name of ['IONLOOP_URL', 'IONLOOP_TOKEN', 'IONLOOP_STATION']) {
    if (!env[name]) throw new Error(`${name} is not set`);
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort());
  const longestMs = 1000 * number('IONLOOP_BACKOFF_SECONDS', 15);
  await runStation({
    ...station,
    client: new LabClient({
      url: env.IONLOOP_URL,
      token: env.IONLOOP_TOKEN,
      station: env.IONLOOP_STATION,
      timeoutMs: 1000 * number('IONLOOP_TIMEOUT_SECONDS', 15),
      backoff: { firstMs: Math.min(250, longestMs / 4), longestMs },
    }),
    folder: env.IONLOOP_SPOOL ?? join(homedir(), '.ionloop', 'stations', env.IONLOOP_STATION),
    waitSeconds: number('IONLOOP_WAIT_SECONDS', 20),
    signal: stop.signal,
    log: (line) => console.error(line),
  });
}
