/** A bucket that fills by `rate` permits a second up to `burst`; whoever wants something done takes permits out of it. */
export interface BucketPolicy {
  readonly rate: number;
  readonly burst: number;
}

export interface Taken {
  /** As many of those wanted as there were, whole ones. */
  readonly granted: number;
  /** What the bucket holds after that; may be a part of one. */
  readonly left: number;
}

/** Buckets that all servers of a record share. What they hold is no more than a courtesy: it may be forgotten. */
export interface Buckets {
  take(key: string, wanted: number, policy: BucketPolicy): Promise<Taken>;
}

export interface Bucket {
  readonly left: number;
  /** In seconds of whichever clock keeps it. */
  readonly at: number;
}

/** The same arithmetic wherever a bucket is kept. A bucket that nobody knows is full. */
export function takeFrom(
  bucket: Bucket | undefined,
  now: number,
  wanted: number,
  { rate, burst }: BucketPolicy,
): Taken & { readonly bucket: Bucket } {
  const { left: before, at } = bucket ?? { left: burst, at: now };
  const held = Math.min(burst, before + rate * Math.max(0, now - at));
  const granted = Math.min(wanted, Math.floor(held));
  const left = held - granted;
  return { granted, left, bucket: { left, at: now } };
}

const atMost = 10_000;

/** In this process alone: for one server, and for the time when what the servers share is away. */
export class InMemoryBuckets implements Buckets {
  private readonly buckets = new Map<string, Bucket>();

  /** The clock's seconds, which only ever grow. */
  constructor(private readonly seconds: () => number) {}

  take(key: string, wanted: number, policy: BucketPolicy): Promise<Taken> {
    return Promise.resolve(this.takeNow(key, wanted, policy));
  }

  takeNow(key: string, wanted: number, policy: BucketPolicy): Taken {
    const { bucket, ...taken } = takeFrom(this.buckets.get(key), this.seconds(), wanted, policy);
    // The one that was not asked for longest is the first of the map.
    this.buckets.delete(key);
    this.buckets.set(key, bucket);
    const [oldest] = this.buckets.keys();
    if (oldest !== undefined && this.buckets.size > atMost) this.buckets.delete(oldest);
    return taken;
  }
}
