/** Remembers what was asked for last, up to a number of entries; the longest unused is forgotten first. */
export class Recent<V> {
  private readonly entries = new Map<string, V>();

  constructor(private readonly most: number) {}

  get(key: string): V | undefined {
    const value = this.entries.get(key);
    if (value !== undefined) {
      this.entries.delete(key);
      this.entries.set(key, value);
    }
    return value;
  }

  set(key: string, value: V): void {
    this.entries.delete(key);
    this.entries.set(key, value);
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= this.most) return;
      this.entries.delete(oldest);
    }
  }

  delete(key: string): void {
    this.entries.delete(key);
  }
}

/** The promise under the key, made once however many ask at a time; a failure is not remembered. */
export function remembered<V>(recent: Recent<Promise<V>>, key: string, make: () => Promise<V>): Promise<V> {
  const known = recent.get(key);
  if (known) return known;
  const made = make();
  recent.set(key, made);
  made.catch(() => recent.delete(key));
  return made;
}
