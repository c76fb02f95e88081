import { convert } from '@ionloop/chemistry';
import { log } from '@ionloop/linalg';
import type { FaultKind } from '../faults/kinds.js';
import type { JournalLine } from '../journal.js';
import type { MistakeKind } from '../lab/mistakes.js';
import { bestPossible, type Best } from './best-possible.js';
import type { CampaignView, ExperimentView, MeasurementView } from './campaign.js';

type Line<E extends JournalLine['event']> = Extract<JournalLine, { event: E }>;

export interface Wrong {
  readonly experiment: number;
  readonly value: number;
  readonly truth: number;
  readonly mistake: MistakeKind | null;
  readonly outlier: boolean;
}

export interface Score {
  readonly campaign: string;
  readonly state: string;
  readonly unit: string;
  readonly physicalStarts: number;
  /** An experiment that was begun while an earlier attempt of it still moved and nobody had ended that. */
  readonly doubleStarts: readonly string[];
  /** Acknowledged measurements that the record has not, or has twice. */
  readonly lost: readonly string[];
  /** Attempts with a result in the record for which nothing ever moved. */
  readonly ghosts: readonly string[];
  readonly accepted: number;
  /** Accepted values that are far from the truth: half a decade of a conductivity, a tenth of anything else. */
  readonly wrongAccepted: readonly Wrong[];
  readonly best: {
    readonly possible: Best;
    readonly found: number | null;
    readonly experiment: number | null;
  };
  /** After each accepted experiment how far the best true one so far is from the best possible: decades, or a difference. */
  readonly regret: readonly number[];
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
  /** What became of each mistake. */
  readonly mistakes: readonly {
    readonly kind: MistakeKind;
    readonly ended: string;
    readonly times: number;
  }[];
  /** Of life, from the first start to the last stillness. */
  readonly hours: number;
}

const ln10 = 2.302585092994046;
const conductivity = 'ionic_conductivity';
const farDecades = 0.5;
const farShare = 0.1;

/** What a campaign made of the truth. */
export function scoreOf(journal: readonly JournalLine[], campaign: CampaignView): Score {
  const own = of(journal, 'moved').filter(({ campaignId }) => campaignId === campaign.id);
  const ids = new Set(own.map(({ attemptId }) => attemptId));
  const still = new Map(
    of(journal, 'stood-still')
      .filter(({ campaignId }) => campaignId === campaign.id)
      .map((line) => [line.attemptId, line]),
  );
  const accepted = inOrder(journal, campaign, still);
  const possible = bestPossible(campaign);
  const { property, goal } = campaign.objective;
  const sign = goal === 'minimise' ? -1 : 1;
  const regret: number[] = [];
  let found: { truth: number; experiment: number } | null = null;
  for (const { truth, experiment } of accepted) {
    if (found === null || sign * truth > sign * found.truth) found = { truth, experiment };
    regret.push(
      property === conductivity
        ? Math.abs(log(possible.value / found.truth) / ln10)
        : Math.abs(possible.value - found.truth),
    );
  }
  const faults: Partial<Record<FaultKind, number>> = {};
  for (const { fault, attemptId } of of(journal, 'fault')) {
    if (attemptId === null || ids.has(attemptId)) faults[fault] = (faults[fault] ?? 0) + 1;
  }
  const hours = [...own, ...still.values()].map((line) => line.hours);
  return {
    campaign: campaign.name,
    state: campaign.state,
    unit: property === conductivity ? 'S/cm' : campaign.objective.unit,
    physicalStarts: own.length,
    doubleStarts: doubleStarts(journal, campaign),
    lost: lost(journal, campaign, ids),
    ghosts: ghosts(campaign, ids),
    accepted: accepted.length,
    wrongAccepted: accepted.filter((each) => isFar(property, each.value, each.truth)),
    best: { possible, found: found?.truth ?? null, experiment: found?.experiment ?? null },
    regret,
    faults,
    mistakes: endsOf(journal, campaign, still),
    hours: hours.length === 0 ? 0 : Math.max(...hours) - Math.min(...hours),
  };
}

const of = <E extends JournalLine['event']>(journal: readonly JournalLine[], event: E): readonly Line<E>[] =>
  journal.filter((line): line is Line<E> => line.event === event);

/** The accepted values beside the truth, in the order in which the lab heard of them. */
function inOrder(
  journal: readonly JournalLine[],
  campaign: CampaignView,
  still: ReadonlyMap<string, Line<'stood-still'>>,
): readonly Wrong[] {
  const order = new Map(of(journal, 'acknowledged').map(({ attemptId }, i) => [attemptId, i]));
  return campaign.experiments
    .flatMap(({ number, measurements }) =>
      measurements
        .filter(({ status }) => status === 'accepted')
        .flatMap((measurement) => {
          const line = still.get(measurement.attemptId ?? '');
          if (line?.truth === undefined || line.truth === null) return [];
          return [
            { number, measurement, line, truth: line.truth, at: order.get(line.attemptId) ?? Infinity },
          ];
        }),
    )
    .sort((a, b) => a.at - b.at)
    .map(({ number, measurement, line, truth }) => ({
      experiment: number,
      value: inTheLabsUnit(campaign, measurement, line.unit),
      truth,
      mistake: line.mistake,
      outlier: line.outlier,
    }));
}

function inTheLabsUnit(
  { objective }: CampaignView,
  { value, unit }: MeasurementView,
  to: string | null,
): number {
  return to === null || to === unit ? value : convert(objective.property, value, unit, to, { force: true });
}

const isFar = (property: string, value: number, truth: number): boolean =>
  property === conductivity
    ? !(Math.abs(log(value / truth) / ln10) <= farDecades)
    : !(Math.abs(value - truth) <= farShare * Math.abs(truth));

/** The journal's order is the order in which things moved: a line is on disk before what comes after it. */
function doubleStarts(journal: readonly JournalLine[], campaign: CampaignView): readonly string[] {
  const ended = new Set(
    campaign.experiments.flatMap(({ attempts }) =>
      attempts.filter(({ state }) => state === 'aborted' || state === 'late').map(({ id }) => id),
    ),
  );
  const moving = new Map<string, string>();
  const begun = new Set<string>();
  const doubles: string[] = [];
  for (const line of journal) {
    if (line.event === 'stood-still' && line.campaignId === campaign.id) {
      for (const [experiment, attempt] of moving) if (attempt === line.attemptId) moving.delete(experiment);
    }
    if (line.event !== 'moved' || line.campaignId !== campaign.id) continue;
    const earlier = moving.get(line.experimentId);
    if (begun.has(line.attemptId)) doubles.push(`attempt ${line.attemptId} was begun twice`);
    if (earlier !== undefined && earlier !== line.attemptId && !ended.has(earlier)) {
      doubles.push(`experiment ${line.experiment}: ${line.attemptId} while ${earlier} still moved`);
    }
    begun.add(line.attemptId);
    moving.set(line.experimentId, line.attemptId);
  }
  return doubles;
}

function lost(
  journal: readonly JournalLine[],
  campaign: CampaignView,
  attempts: ReadonlySet<string>,
): readonly string[] {
  const kept = new Map<string, number>();
  for (const { measurements } of campaign.experiments) {
    for (const { id } of measurements) kept.set(id, (kept.get(id) ?? 0) + 1);
  }
  const acknowledged = of(journal, 'acknowledged').filter(({ attemptId }) => attempts.has(attemptId));
  return [...new Set(acknowledged.flatMap(({ measurementIds }) => measurementIds))].filter(
    (id) => kept.get(id) !== 1,
  );
}

const ghosts = ({ experiments }: CampaignView, attempts: ReadonlySet<string>): readonly string[] =>
  experiments.flatMap(({ measurements }) =>
    measurements.flatMap(({ attemptId }) =>
      attemptId === null || attempts.has(attemptId) ? [] : [attemptId],
    ),
  );

/** Refused and put right, flagged, or accepted as it was. */
function endsOf(
  journal: readonly JournalLine[],
  { experiments }: CampaignView,
  still: ReadonlyMap<string, Line<'stood-still'>>,
): Score['mistakes'] {
  const refused = new Set(of(journal, 'refused').map(({ attemptId }) => attemptId));
  const statusOf = new Map(
    experiments.flatMap(({ measurements }: ExperimentView) =>
      measurements.map(({ attemptId, status }) => [attemptId, status] as const),
    ),
  );
  const counts = new Map<string, { kind: MistakeKind; ended: string; times: number }>();
  for (const { attemptId, mistake } of still.values()) {
    if (mistake === null) continue;
    const ended = refused.has(attemptId) ? 'refused' : (statusOf.get(attemptId) ?? 'not handed in');
    const count = counts.get(`${mistake} ${ended}`) ?? { kind: mistake, ended, times: 0 };
    counts.set(`${mistake} ${ended}`, { ...count, times: count.times + 1 });
  }
  return [...counts.values()];
}
