import type { Logger } from 'pino';

export type Verdict = 'ok' | 'down';

const patienceMs = 3000;

/** Whether something answers, and soon; why not is in the log. */
export async function check(what: string, log: Logger, ask: () => Promise<unknown>): Promise<Verdict> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs} ms`)), patienceMs);
  });
  try {
    await Promise.race([ask(), late]);
    return 'ok';
  } catch (error) {
    log.warn({ err: error, what }, 'not ready');
    return 'down';
  } finally {
    clearTimeout(timer);
  }
}
