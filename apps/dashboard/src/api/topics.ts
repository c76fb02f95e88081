/** The parts of a campaign's page that are asked for on their own. */
export const allTopics = ['head', 'open', 'finished', 'model'] as const;
export type Topic = (typeof allTopics)[number];

/** What an event makes stale. Every event moves the head: its counts, its budget, its switches. */
export function staleAfter(eventType: string): readonly Topic[] {
  // Other settings may mark experiments, and models of another space are none of this one.
  if (eventType === 'campaign.updated') return allTopics;
  const [subject] = eventType.split('.');
  switch (subject) {
    case 'plan':
      return ['head', 'open', 'model'];
    case 'experiment':
    case 'experiments':
      return ['head', 'open', 'finished'];
    case 'attempt':
    case 'measurement':
      return ['head', 'open', 'finished'];
    default:
      return ['head'];
  }
}

/** Gathers what became stale and says so once the events pause, or after `longestMs` at the latest. */
export class StaleTopics {
  readonly #topics = new Set<Topic>();
  #quiet: (() => void) | null = null;
  #latest: (() => void) | null = null;

  constructor(
    private readonly refetch: (topics: ReadonlySet<Topic>) => void,
    private readonly schedule: (run: () => void, delayMs: number) => () => void,
    private readonly quietMs = 250,
    private readonly longestMs = 1000,
  ) {}

  add(topics: readonly Topic[]): void {
    for (const topic of topics) this.#topics.add(topic);
    this.#quiet?.();
    this.#quiet = this.schedule(() => this.#flush(), this.quietMs);
    this.#latest ??= this.schedule(() => this.#flush(), this.longestMs);
  }

  cancel(): void {
    this.#quiet?.();
    this.#latest?.();
    this.#quiet = this.#latest = null;
  }

  #flush(): void {
    this.cancel();
    const topics = new Set(this.#topics);
    this.#topics.clear();
    this.refetch(topics);
  }
}
