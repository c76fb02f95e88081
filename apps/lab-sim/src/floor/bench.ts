/** A device that has one sample at a time; the others wait in line. */
export class Bench {
  #line: Promise<unknown> = Promise.resolve();

  use<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#line.then(work);
    this.#line = turn.catch(() => undefined);
    return turn;
  }
}
