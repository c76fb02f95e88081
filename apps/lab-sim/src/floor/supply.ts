import type { Clock } from '@ionloop/lab-client';
import type { ConsumableDescription } from '../lab/description.js';

/** The station cannot go on: an instrument fault, which says nothing of the sample. */
export class OutOfSupply extends Error {
  override readonly name = 'OutOfSupply';
}

/** Something that is used up and filled again. Who finds it empty has a fault and calls for more; who comes later waits. */
export class Supply {
  #left: number;
  #refilled: Promise<void> | null = null;

  constructor(
    private readonly description: ConsumableDescription,
    private readonly clock: Clock,
  ) {
    this.#left = description.holds;
  }

  get name(): string {
    return this.description.name;
  }

  get stage(): string {
    return this.description.stage;
  }

  async take(): Promise<void> {
    while (this.#refilled) await this.#refilled;
    if (this.#left > 0) {
      this.#left -= 1;
      return;
    }
    this.#refilled = this.#refill();
    throw new OutOfSupply(`${this.name} is empty; it is being refilled`);
  }

  /** As if the rest had been spilt. */
  empty(): void {
    this.#left = 0;
  }

  #refill(): Promise<void> {
    return new Promise((resolve) => {
      this.clock.after(this.description.refillSeconds * 1000, () => {
        this.#left = this.description.holds;
        this.#refilled = null;
        resolve();
      });
    });
  }
}
