import type { BucketPolicy, Buckets, InMemoryBuckets } from '@ionloop/engine';

export interface Verdict {
  readonly allowed: boolean;
  /** How many more may come at once, as far as is known here. */
  readonly remaining: number;
  /** In seconds: when the bucket is full again where it is allowed, when it is worth asking again where it is not. */
  readonly resetSeconds: number;
}

interface Lease {
  /** Taken from the shared bucket and not spent yet. */
  permits: number;
  /** What the shared bucket held when it was last asked. */
  left: number;
  leasedAt: number;
  /** Nothing is there before that. */
  emptyUntil: number;
  asking: Promise<void> | null;
}

const atMost = 10_000;
/** A server takes so much of a bucket at a time: few statements, and little that lies idle with it. */
const share = 20;

/**
 * Permits from buckets that all servers share, leased a handful at a time: a request costs no statement, and all servers
 * together give out no more than there is. While the shared buckets cannot be asked, each server counts by itself.
 */
export class Permits {
  private readonly leases = new Map<string, Lease>();

  constructor(
    private readonly shared: Buckets,
    private readonly own: InMemoryBuckets,
    /** Which only ever grow. */
    private readonly seconds: () => number,
    private readonly onTrouble: (error: unknown) => void = () => undefined,
  ) {}

  async spend(key: string, wanted: number, policy: BucketPolicy): Promise<Verdict> {
    const lease = this.leaseOf(key);
    const permits = Math.min(wanted, policy.burst);
    for (;;) {
      const now = this.seconds();
      // What lay idle until the bucket was full again has been filled in there too.
      if (now - lease.leasedAt > policy.burst / policy.rate) lease.permits = 0;
      if (lease.permits >= permits) {
        lease.permits -= permits;
        return verdict(true, lease, policy);
      }
      if (now < lease.emptyUntil) return verdict(false, lease, policy, lease.emptyUntil - now);
      lease.asking ??= this.renew(key, lease, permits, policy).finally(() => (lease.asking = null));
      await lease.asking;
    }
  }

  private async renew(key: string, lease: Lease, permits: number, policy: BucketPolicy): Promise<void> {
    const missing = permits - lease.permits;
    const wanted = Math.max(missing, Math.ceil(policy.burst / share));
    const { granted, left } = await this.shared.take(key, wanted, policy).catch((error: unknown) => {
      this.onTrouble(error);
      return this.own.takeNow(key, wanted, policy);
    });
    lease.permits += granted;
    lease.left = left;
    lease.leasedAt = this.seconds();
    if (granted >= missing) return;
    lease.emptyUntil = lease.leasedAt + Math.max(0.01, (missing - granted - left) / policy.rate);
  }

  private leaseOf(key: string): Lease {
    const lease = this.leases.get(key) ?? {
      ...{ permits: 0, left: 0, leasedAt: -Infinity, emptyUntil: -Infinity, asking: null },
    };
    // The one that was not asked for longest is the first of the map.
    this.leases.delete(key);
    this.leases.set(key, lease);
    const [oldest] = this.leases.keys();
    if (oldest !== undefined && this.leases.size > atMost) this.leases.delete(oldest);
    return lease;
  }
}

const verdict = (
  allowed: boolean,
  { permits, left }: Lease,
  { rate, burst }: BucketPolicy,
  wait?: number,
): Verdict => {
  const remaining = allowed ? Math.floor(permits + left) : 0;
  return { allowed, remaining, resetSeconds: wait ?? (burst - remaining) / rate };
};
