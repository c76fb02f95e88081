import type { CampaignRecord, Experiment } from '@ionloop/domain';

/** The first of a campaign's queue, as it came along with the lock. */
export class QueueAhead {
  static readonly none = new QueueAhead([], false);

  constructor(
    /** Their ids, in the order of the queue. */
    private readonly known: readonly string[],
    /** Whether there are no more. */
    private readonly whole: boolean,
  ) {}

  /**
   * The first that fit, as long as what is known reaches that far: another that was put in the queue since has its place
   * among them by its number.
   */
  first(
    record: CampaignRecord,
    limit: number,
    fits: (one: Experiment) => boolean = () => true,
  ): readonly Experiment[] | null {
    const last = this.known.at(-1);
    const reach = this.whole ? Infinity : last === undefined ? 0 : record.get('experiment', last).number;
    const changed = record.changes('experiment').map(({ id }) => id);
    const queued = [...new Set([...this.known, ...changed])]
      .map((id) => record.get('experiment', id))
      .filter((one) => one.state === 'queued' && one.number <= reach && fits(one))
      .sort((a, b) => a.number - b.number)
      .slice(0, limit);
    return this.whole || queued.length === limit ? queued : null;
  }
}
