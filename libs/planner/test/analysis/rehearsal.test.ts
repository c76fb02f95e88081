import { describe, expect, it } from '@jest/globals';
import type { PlanRequest, RehearsalRequest } from '@ionloop/domain';
import { analysisTasks, rehearse, type RehearsalAnswer, type RehearsalTask } from '../../src/index.js';
import { conductivity, material, measured, plain, request, smallPool } from '../support.js';
import { inputOf } from './support.js';

const tried = [3, 9, 14, 22, 31].map((i) => ({ material: `M${i}` }));
const campaign = request({
  space: smallPool,
  objective: plain,
  strategy: { name: 'gp-log-ei', initial: 3 },
  observations: measured(tried, material),
  count: 2,
});
/** Conductivities from 10⁻⁹ to 10⁻⁴. */
const ofLogs: PlanRequest = {
  ...campaign,
  objectives: [conductivity],
  observations: measured(tried, (point) => -5 + material(point) / 8),
};
const taskOf = (asked: Partial<RehearsalRequest> = {}, plan = campaign): RehearsalTask => ({
  input: inputOf(plan),
  request: {
    ...{ kind: 'rehearsal', experiments: 5, seeds: 4, target: null, expect: null, strategies: [] },
    ...asked,
  },
});
function play(task: RehearsalTask): RehearsalAnswer {
  const plays = analysisTasks.rehearsalPlays(task);
  return analysisTasks.rehearsalAnswer(
    plays.map((one) => analysisTasks.playRehearsal(one, task)),
    task,
  );
}
const refusalOf = (task: RehearsalTask): unknown => {
  try {
    analysisTasks.rehearsalPlays(task);
  } catch (error) {
    return error;
  }
  return null;
};

describe('a rehearsal in pieces', () => {
  it('has so many campaigns of each strategy, and each strategy once', () => {
    expect(analysisTasks.rehearsalPlays(taskOf())).toEqual(
      [0, 1, 2, 3].map((number) => ({ strategy: 'gp-log-ei', number })),
    );
    const two = taskOf({ strategies: ['random', 'gp-ucb', 'random'], seeds: 2 });
    expect(analysisTasks.rehearsalPlays(two)).toEqual([
      { strategy: 'random', number: 0 },
      { strategy: 'random', number: 1 },
      { strategy: 'gp-ucb', number: 0 },
      { strategy: 'gp-ucb', number: 1 },
    ]);
  });

  it('says what the rehearsal as a whole says, in whatever order it was played', () => {
    const whole = rehearse({ ...campaign, seed: `${campaign.seed}/rehearsal` }, { rounds: 3, seeds: 4 });
    const task = taskOf();
    const plays = analysisTasks.rehearsalPlays(task);
    // The last first, each by a thread that knows nothing of the others.
    const backwards = plays.toReversed().map((one) => analysisTasks.playRehearsal(one, taskOf()));
    const told = analysisTasks.rehearsalAnswer(backwards.toReversed(), task);
    // Five more experiments are three rounds of two.
    expect(told).toMatchObject({
      ...{ measure: 'value', learnedFrom: 'results', resultCount: 5, atATime: 2, experiments: 6, seeds: 4 },
      before: Math.max(...tried.map(material)),
    });
    const [own] = told.strategies;
    expect(own!.likelyAfter).toBe(whole.likelyAfter);
    own!.rounds.forEach((round, r) => {
      const { experiments, median, atTop, bests } = whole.rounds[r]!;
      expect(round).toMatchObject({ experiments, median, atTop });
      // Of four campaigns a quarter and three quarters fall on the second and the third, a twentieth on the first and the last.
      const ascending = bests.toSorted((a, b) => a - b);
      expect(round.half).toEqual([ascending[1], ascending[2]]);
      expect(round.ninety).toEqual([ascending[0], ascending[3]]);
    });
    expect(play(taskOf())).toEqual(told);
  });

  it('is in the unit of the objective where models see logarithms', () => {
    const told = play(taskOf({ experiments: 2, target: 1e-12 }, ofLogs));
    expect(told.before).toBeCloseTo(
      10 ** Math.max(...ofLogs.observations.map(({ values }) => values[0]!)),
      12,
    );
    const [own] = told.strategies;
    expect(own).toMatchObject({ strategy: 'gp-log-ei', targetAfter: 2 });
    for (const { median, half, ninety, reached } of own!.rounds) {
      expect(reached).toBe(1);
      for (const value of [median, ...half, ...ninety]) expect(value).toBeGreaterThanOrEqual(told.before!);
    }
    expect(play(taskOf({ experiments: 2, target: 1e12 }, ofLogs)).strategies[0]!.targetAfter).toBeNull();
  });

  it('before there are results plays what is expected, said by its bounds', () => {
    const empty: PlanRequest = { ...ofLogs, observations: [], experimentsSoFar: 0 };
    const said = play(taskOf({ expect: { low: 1e-7, high: 1e-3 }, experiments: 2 }, empty));
    expect(said).toMatchObject({ learnedFrom: 'expectations', before: null, resultCount: 0 });
    const byName = { property: conductivity.property, low: 1e-7, high: 1e-3 };
    expect(play(taskOf({ expectOf: [byName], experiments: 2 }, empty))).toEqual(said);
    // 95 % between 10⁻⁷ and 10⁻³: the mean is 10⁻⁵, a standard deviation 4/(2·1.96) decades.
    const whole = rehearse(
      { ...empty, seed: `${empty.seed}/rehearsal` },
      { rounds: 1, seeds: 4, expected: { mean: -5, sd: 2 / 1.959963984540054 } },
    );
    expect(Math.log10(said.strategies[0]!.rounds[0]!.median)).toBeCloseTo(whole.rounds[0]!.median, 10);
  });

  it('of limits is a share, and says the best that keeps them in the unit of the objective', () => {
    const limited: PlanRequest = {
      ...ofLogs,
      constraints: [{ property: 'density', transform: 'none', unit: '1', low: 0, high: null }],
      observations: ofLogs.observations.map((one) => ({ ...one, limited: [1] })),
    };
    const told = play(taskOf({ experiments: 2, seeds: 2 }, limited));
    expect(told.measure).toBe('share');
    const [round] = told.strategies[0]!.rounds;
    expect(round!.kept).toBe(1);
    expect(round!.median).toBeLessThanOrEqual(1);
    expect(round!.bestKept).toBeGreaterThanOrEqual(
      10 ** Math.max(...ofLogs.observations.map(({ values }) => values[0]!)) * (1 - 1e-12),
    );
  });
});

describe('a rehearsal is refused', () => {
  it.each<[Partial<RehearsalRequest>, PlanRequest, string, string | RegExp]>([
    [{ target: 0 }, ofLogs, 'target', '0 has no logarithm, which the objective asks for'],
    [{ expect: { low: -1, high: 1 } }, ofLogs, 'expect', '-1 has no logarithm, which the objective asks for'],
    [
      { expectOf: [{ property: 'density', low: 1, high: 2 }] },
      campaign,
      'expectOf[0].property',
      'density is not measured in this campaign; it measures value',
    ],
    [
      { expectOf: [{ property: 'ionic_conductivity', low: 0, high: 2 }] },
      ofLogs,
      'expectOf[0]',
      '0 has no logarithm, which the objective asks for',
    ],
    [
      {},
      { ...campaign, observations: [] },
      'observations',
      /there are 0 results; a rehearsal needs at least three/,
    ],
  ])('%#: by its field and in words', (asked, plan, field, message) => {
    expect(refusalOf(taskOf(asked, plan))).toMatchObject({
      ...{ code: 'INVALID_INPUT', field },
      message: expect.stringMatching(message),
    });
  });
});
