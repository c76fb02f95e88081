import { type Actor, byTurn, type Experiment, invalidInput, invalidState } from '@ionloop/domain';
import type { Engine } from '../deps.js';
import { text } from '../input.js';

export interface Reordering {
  readonly campaignId: string;
  /** In the order that is wanted of them. */
  readonly ids: readonly string[];
  /** Before or after all others that have not begun; first where it is left out. */
  readonly place?: 'first' | 'last';
  readonly reason?: string;
}

/** What has not begun is made in another order; approval and points stay as they are. */
export async function reorderExperiments(
  engine: Engine,
  actor: Actor,
  { campaignId, ids, place = 'first', reason }: Reordering,
): Promise<readonly Experiment[]> {
  if (ids.length === 0) throw invalidInput('ids', 'ids is empty; name the experiments that are to be moved');
  if (new Set(ids).size < ids.length) throw invalidInput('ids', 'ids names an experiment twice');
  const why =
    reason === undefined || reason.trim() === '' ? null : text(reason, 'reason', { min: 1, max: 2000 });
  const moved = await engine.store.transact(campaignId, actor, async (tx) => {
    const all = await tx.experiments({ states: ['proposed', 'queued'] });
    const named = await Promise.all(ids.map((id) => tx.experiment(id)));
    for (const one of named) refuseWhereBegun(one);
    const others = all.filter(({ id }) => !ids.includes(id));
    const wanted = place === 'first' ? [...named, ...others] : [...others, ...named];
    if (!isInOrder(wanted)) {
      tx.append({ type: 'experiments.reordered', ranks: ranksOf(named, others, place), reason: why });
    }
    return Promise.all(ids.map((id) => tx.experiment(id)));
  });
  await engine.wakeUps.wake(campaignId);
  return moved;
}

const isInOrder = (experiments: readonly Experiment[]): boolean =>
  experiments.every((one, i) => {
    const before = experiments[i - 1];
    return before === undefined || byTurn(before, one) < 0;
  });

function refuseWhereBegun({ number, state }: Experiment): void {
  if (state === 'proposed' || state === 'queued') return;
  throw invalidState(`experiment ${number} is ${state}; only what is proposed or queued has a turn`);
}

/** What is proposed later has rank 0, and comes after those that were put first. */
function ranksOf(
  named: readonly Experiment[],
  others: readonly Experiment[],
  place: 'first' | 'last',
): readonly { readonly experimentId: string; readonly rank: number }[] {
  const ranks = others.map(({ rank }) => rank);
  const from = place === 'first' ? Math.min(0, ...ranks) - named.length : Math.max(0, ...ranks) + 1;
  return named.map(({ id }, i) => ({ experimentId: id, rank: from + i }));
}
