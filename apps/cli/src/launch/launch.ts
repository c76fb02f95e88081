import type { Settings } from '@ionloop/config';
import { messageOf } from '../failure.js';
import type { Terminal } from '../terminal.js';
import { Interrupted, Shutdown } from './shutdown.js';
import { onStopSignals } from './signals.js';
import { start } from './start.js';
import type { Services } from './services.js';

export interface LaunchOptions {
  readonly settings: Settings;
  readonly terminal: Terminal;
  /** When the user asked for it, in milliseconds of the system's clock. */
  readonly began: number;
  /** The home is deleted afterwards. */
  readonly temporary?: true;
}

/** Starts everything and stays until it is told to stop, or something cannot go on. */
export async function launch(options: LaunchOptions): Promise<void> {
  const { settings, terminal } = options;
  const shutdown = new Shutdown();
  let services: Services | undefined;
  let release = (): void => undefined;
  const ended = new Promise<unknown>((resolve) => {
    const stop = (why: unknown): void => void shutdown.end().then(() => resolve(why));
    release = onStopSignals({
      first: () => {
        terminal.out('Stopping …');
        stop(undefined);
      },
      atOnce: () => {
        services?.kill();
        process.exit(130);
      },
    });
    start({ ...options, shutdown, onLost: stop, onServices: (made) => (services = made) }).catch(stop);
  });
  const why = await ended;
  release();
  if (why === undefined || why instanceof Interrupted) {
    terminal.out(options.temporary ? 'Stopped.' : `Stopped. The data stay in ${settings.home}.`);
    return;
  }
  throw why instanceof Error ? why : new Error(messageOf(why));
}
