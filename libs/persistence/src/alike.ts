interface Flight {
  readonly under: Promise<unknown>;
  next: Promise<unknown> | null;
}

/**
 * The same question of many is asked once: who comes while it is on its way waits for it to be asked again, together with
 * all others who came meanwhile. So an answer was always looked up after it was asked for, and a thousand dashboards that
 * look anew at the same moment come to two statements. Answers are shared: nobody changes them.
 */
export class Alike {
  private readonly flights = new Map<string, Flight>();

  ask<T>(key: string, question: () => Promise<T>): Promise<T> {
    const flight = this.flights.get(key);
    if (flight === undefined) return this.fly(key, question);
    const again = (): Promise<T> => this.fly(key, question);
    flight.next ??= flight.under.then(again, again);
    return flight.next as Promise<T>;
  }

  private fly<T>(key: string, question: () => Promise<T>): Promise<T> {
    const under = question();
    const flight: Flight = { under, next: null };
    this.flights.set(key, flight);
    const land = (): void => {
      if (this.flights.get(key) === flight && flight.next === null) this.flights.delete(key);
    };
    under.then(land, land);
    return under;
  }
}
