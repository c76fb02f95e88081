import type { ArtifactFiles } from '@ionloop/engine';
import type { Logger } from 'pino';

const hourMs = 3_600_000;

/** Forgets uploads that were not gone on with, now and each hour; the function that is returned ends it. */
export function sweepUploads(
  files: Pick<ArtifactFiles, 'sweep'>,
  hours: number,
  log: Logger,
): () => Promise<void> {
  const sweep = async (): Promise<void> => {
    try {
      const swept = await files.sweep(hours * 3600);
      if (swept > 0) log.info({ swept }, 'uploads that were never finished are forgotten');
    } catch (error) {
      log.warn({ err: error }, 'the folder of artifacts cannot be swept');
    }
  };
  let running = sweep();
  const timer = setInterval(() => void (running = sweep()), hourMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    return running;
  };
}
