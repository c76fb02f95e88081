import type { Clock } from '@ionloop/lab-client';
import type { FurnaceDescription } from '../lab/description.js';

export interface Firing {
  readonly furnace: string;
  readonly batch: number;
  /** How many samples were in it together. */
  readonly samples: number;
  readonly temperatureC: number;
}

interface Waiting {
  readonly temperatureC: number;
  readonly fired: (firing: Firing) => void;
}

const roomC = 25;

/** Takes samples that want the same temperature, and is fired when it is full or has waited long enough. */
export class Furnace {
  readonly #queue: Waiting[] = [];
  #hot = false;
  #batches = 0;
  #takeBack: (() => void) | null = null;

  constructor(
    private readonly description: FurnaceDescription,
    private readonly clock: Clock,
  ) {}

  /** Resolves when the sample is cold again; a sample that is given up leaves its place, if nothing is hot yet. */
  bake(temperatureC: number, signal: AbortSignal): Promise<Firing> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const giveUp = (): void => {
        const place = this.#queue.indexOf(waiting);
        if (place >= 0) this.#queue.splice(place, 1);
        reject(signal.reason as Error);
      };
      const waiting: Waiting = {
        temperatureC,
        fired: (firing) => {
          signal.removeEventListener('abort', giveUp);
          resolve(firing);
        },
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#queue.push(waiting);
      this.#look();
    });
  }

  /** The oldest sample's temperature is the next batch's. */
  #look(): void {
    const [first] = this.#queue;
    if (this.#hot || first === undefined) return;
    const { places, waitSeconds } = this.description;
    const alike = this.#queue.filter(({ temperatureC }) => temperatureC === first.temperatureC);
    if (alike.length >= places) this.#fire(alike.slice(0, places));
    else
      this.#takeBack ??= this.clock.after(waitSeconds * 1000, () => {
        this.#takeBack = null;
        this.#fireWhatIsThere();
      });
  }

  #fireWhatIsThere(): void {
    const [first] = this.#queue;
    if (this.#hot || first === undefined) return;
    const alike = this.#queue.filter(({ temperatureC }) => temperatureC === first.temperatureC);
    this.#fire(alike.slice(0, this.description.places));
  }

  #fire(batch: readonly Waiting[]): void {
    const { name, seconds, heatingKPerMinute } = this.description;
    this.#takeBack?.();
    this.#takeBack = null;
    this.#hot = true;
    this.#batches += 1;
    for (const sample of batch) this.#queue.splice(this.#queue.indexOf(sample), 1);
    const temperatureC = batch[0]?.temperatureC ?? roomC;
    const firing = { furnace: name, batch: this.#batches, samples: batch.length, temperatureC };
    const heating =
      heatingKPerMinute === undefined ? 0 : (60 * Math.max(0, temperatureC - roomC)) / heatingKPerMinute;
    this.clock.after((seconds + heating) * 1000, () => {
      this.#hot = false;
      for (const { fired } of batch) fired(firing);
      this.#look();
    });
  }
}
