type Ending = () => Promise<void> | void;

/** What was started, to be ended in the opposite order; nothing outlives it, whenever it was added. */
export class Shutdown {
  readonly #endings: Ending[] = [];
  #ended: Promise<void> | undefined;

  /** Registers how to end what has just been started; ends it at once when everything is ending already. */
  async add(ending: Ending): Promise<void> {
    if (this.#ended === undefined) this.#endings.push(ending);
    else {
      await ending();
      this.check();
    }
  }

  get ending(): boolean {
    return this.#ended !== undefined;
  }

  /** Stops a start that goes on while everything is ending. */
  check(): void {
    if (this.ending) throw new Interrupted();
  }

  end(): Promise<void> {
    this.#ended ??= this.#run();
    return this.#ended;
  }

  async #run(): Promise<void> {
    // Not before the assignment in end(): whoever is still starting must see it.
    await Promise.resolve();
    for (let ending = this.#endings.pop(); ending !== undefined; ending = this.#endings.pop()) {
      // One that fails must not keep the others from ending.
      await Promise.resolve()
        .then(ending)
        .catch(() => undefined);
    }
  }
}

export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
