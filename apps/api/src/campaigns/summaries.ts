import type { ProgressEntry, RecordReader } from '@ionloop/engine';
import { Recent } from '../graphql/recent.js';

export interface ProgressAsked {
  readonly id: string;
  /** Of its settings and of its data. */
  readonly revision: string;
  readonly points: number;
}

/** What is kept of campaigns that are looked at often: progress, as of the settings and the data. */
export class Summaries {
  private readonly recent = new Recent<readonly ProgressEntry[]>(64);

  constructor(private readonly read: Pick<RecordReader, 'progress'>) {}

  async progress(asked: readonly ProgressAsked[]): Promise<readonly (readonly ProgressEntry[])[]> {
    const found = new Map(asked.map((one) => [keyOf(one), this.recent.get(keyOf(one))]));
    const unknown = asked.filter((one) => found.get(keyOf(one)) === undefined);
    for (const points of new Set(unknown.map((one) => one.points))) {
      const wanted = unknown.filter((one) => one.points === points);
      const progress = await this.read.progress([...new Set(wanted.map(({ id }) => id))], points);
      for (const one of wanted) {
        const entries = progress.get(one.id) ?? [];
        found.set(keyOf(one), entries);
        this.recent.set(keyOf(one), entries);
      }
    }
    return asked.map((one) => found.get(keyOf(one)) ?? []);
  }
}

const keyOf = ({ id, revision, points }: ProgressAsked): string => `${id}@${revision}/${points}`;
