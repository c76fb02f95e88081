import type { Held, KeyedRequest, RequestsInFlight } from '../ports.js';

interface Hold {
  readonly holder: string;
  readonly requestHash: string;
  readonly deadline: number;
}

export class InMemoryRequestsInFlight implements RequestsInFlight {
  private readonly holds = new Map<string, Hold>();

  constructor(private readonly clock: () => Date) {}

  hold(request: KeyedRequest, holder: string, seconds: number): Promise<Held> {
    const now = this.clock().getTime();
    const name = nameOf(request);
    const known = this.holds.get(name);
    if (known && known.holder !== holder && known.deadline > now) {
      return Promise.resolve({ ours: false, requestHash: known.requestHash });
    }
    const { requestHash } = request;
    this.holds.set(name, { holder, requestHash, deadline: now + seconds * 1000 });
    return Promise.resolve({ ours: true });
  }

  release(request: KeyedRequest, holder: string): Promise<void> {
    const name = nameOf(request);
    if (this.holds.get(name)?.holder === holder) this.holds.delete(name);
    return Promise.resolve();
  }
}

const nameOf = ({ scope, key }: KeyedRequest): string => JSON.stringify([scope, key]);
