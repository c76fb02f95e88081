/** Runs what is put into it one piece a frame, so that no frame has much to do. What is taken back is not run. */
export class OneByOne {
  private readonly urgent = new Set<() => void>();
  private readonly rest = new Set<() => void>();
  private isAsked = false;

  constructor(private readonly nextFrame: (run: () => void) => void) {}

  /** In the order in which they are put in; the urgent before all others. */
  put(run: () => void, isUrgent = false): void {
    (isUrgent ? this.urgent : this.rest).add(run);
    this.ask();
  }

  takeBack(run: () => void): void {
    this.urgent.delete(run);
    this.rest.delete(run);
  }

  private ask(): void {
    if (this.isAsked || this.urgent.size + this.rest.size === 0) return;
    this.isAsked = true;
    this.nextFrame(() => {
      this.isAsked = false;
      const [run] = this.urgent.size > 0 ? this.urgent : this.rest;
      if (run) {
        this.takeBack(run);
        run();
      }
      this.ask();
    });
  }
}
