import { byTurn, type CampaignRecord, type Experiment } from '@ionloop/domain';

/** The first of a campaign's queue, as it came along with the lock. */
export class QueueAhead {
  static readonly none = new QueueAhead([], false);

  constructor(
    /** In the order of the queue. */
    private readonly known: readonly Experiment[],
    /** Whether there are no more. */
    private readonly whole: boolean,
  ) {}

  /**
   * The first that fit, as long as what is known reaches that far: another that was put in the queue since, or moved in
   * it, has its place among them by its turn.
   */
  first(
    record: CampaignRecord,
    limit: number,
    fits: (one: Experiment) => boolean = () => true,
  ): readonly Experiment[] | null {
    const last = this.known.at(-1);
    const isKnown = (one: Experiment): boolean =>
      this.whole || (last !== undefined && byTurn(one, last) <= 0);
    const changed = record.changes('experiment');
    const queued = [...new Set([...this.known, ...changed].map(({ id }) => id))]
      .map((id) => record.get('experiment', id))
      .filter((one) => one.state === 'queued' && isKnown(one) && fits(one))
      .sort(byTurn)
      .slice(0, limit);
    return this.whole || queued.length === limit ? queued : null;
  }
}
