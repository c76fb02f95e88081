import { adaptiveShares, drawMember } from '@ionloop/acquisition';
import { isOwn } from '../knowledge/knowledge.js';
import { chanceOfGain, draw, expectedGain, optimism } from './criteria.js';
import type { Criterion, Moment } from './strategy.js';

const members: readonly Criterion[] = [expectedGain, optimism(2), draw, chanceOfGain];

/** One of several, drawn the oftener the more of its proposals became the best so far (`Observation.proposedBy`). */
export function portfolioCriterion({ known: { responses }, request, rng }: Moment): Criterion {
  const [{ sign, rows }] = responses;
  const own = request.observations.filter(isOwn);
  const records = members.map(() => ({ uses: 0, improvements: 0 }));
  let best = -Infinity;
  for (const row of rows) {
    const { values, proposedBy } = own[row]!;
    const value = sign * values[0]!;
    const record = records[members.findIndex(({ name }) => name === proposedBy)];
    if (record) {
      record.uses += 1;
      record.improvements += value > best ? 1 : 0;
    }
    best = Math.max(best, value);
  }
  return members[drawMember(adaptiveShares(records), rng.split('member'))]!;
}
