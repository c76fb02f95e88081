import type {
  CampaignEvent,
  Outcome,
  OutcomeLimit,
  PlanObjective,
  ReviewPolicy,
  StrategySpec,
  TaskOwner,
} from '@ionloop/domain';

/** One sentence for the log that a scientist reads; numbers of experiments come from the event where it has them. */
export function describeEvent(event: CampaignEvent): string {
  switch (event.type) {
    case 'campaign.created':
      return `Campaign "${event.spec.name}" was created`;
    case 'campaign.moved':
      return `The campaign is ${event.to}${because(event.note)}`;
    case 'campaign.switched':
      return `Proposing is ${onOff(event.proposing)}, dispatch is ${onOff(event.dispatch)}`;
    case 'campaign.updated':
      return `${changeInWords(event.change)}${marksInWords(event.marks)}${because(event.reason)}`;
    case 'campaign.proposalsAsked':
      return `${event.count} ${event.count === 1 ? 'proposal is' : 'proposals are'} asked for now${because(event.reason)}`;
    case 'campaign.planningFailed':
      return `Planning failed: ${event.message}`;
    case 'plan.committed':
      return event.model === null
        ? `Plan ${event.plan.number} proposes ${listed(event.experiments)}`
        : `Plan ${event.plan.number}, from a model of ${event.model.trainingSize} results, proposes ${listed(event.experiments)}`;
    case 'experiment.added':
      return `Experiment ${event.experiment.number} was added by hand${outsideInWords(event.experiment)}${because(event.experiment.reason)}`;
    case 'history.imported':
      return `History was imported from ${event.source.name}: ${manyOf(event.experiments.length, 'experiment')}, ${manyOf(event.replicates.length, 'replicate')} of others`;
    case 'knowledge.added':
      return `${manyOf(event.knowledge.rows.length, 'result')} from elsewhere ${event.knowledge.rows.length === 1 ? 'is' : 'are'} learned from: "${event.knowledge.name}"`;
    case 'knowledge.removed':
      return `Knowledge from elsewhere is not learned from any more${because(event.reason)}`;
    case 'experiment.approved':
      return 'An experiment was approved';
    case 'experiment.moved':
      return `An experiment is ${event.to.replace('_', ' ')}${because(event.note)}`;
    case 'experiment.edited':
      return `A proposal was changed by hand${outsideInWords(event)}${because(event.reason)}`;
    case 'experiments.reordered':
      return `${event.ranks.length === 1 ? 'An experiment was' : `${event.ranks.length} experiments were`} given another turn${because(event.reason)}`;
    case 'experiment.stuck':
      return event.kind === 'no_station'
        ? `No station can do an experiment that is queued: ${event.reason}`
        : `A queued experiment was not claimed in time: ${event.reason}`;
    case 'experiment.unstuck':
      return 'A station can do what was waiting for one';
    case 'task.assigned':
      return `${ownerInWords(event.owner)} is asked${because(event.note)}`;
    case 'task.extended':
      return `There is more time for a task, until ${event.deadline}${because(event.note)}`;
    case 'task.escalated':
      return `A deadline passed: ${ownerInWords(event.owner)} is asked now`;
    case 'attempt.leased':
      return `A station claimed an experiment (attempt ${event.fence})`;
    case 'attempt.started':
      return 'The station started';
    case 'attempt.expired':
      return `A lease ran out before the start${because(event.note)}`;
    case 'attempt.suspected':
      return `Contact with a running attempt was lost${because(event.note)}`;
    case 'attempt.resumed':
      return 'A suspect attempt was heard of again';
    case 'attempt.cancelRequested':
      return `The station was asked to stop${because(event.note)}`;
    case 'attempt.aborted':
      return `An attempt ended without a result${because(event.note)}`;
    case 'attempt.submitted':
      return `A result was handed in: ${outcomeInWords[event.outcome]}${values(event.measurements)}`;
    case 'attempt.accepted':
      return `The result was accepted${because(event.note)}`;
    case 'attempt.flagged':
      return `The result waits for a person${because(event.note)}`;
    case 'attempt.late':
      return `A late result was kept${values(event.measurements)}${because(event.note)}`;
    case 'measurement.recorded':
      return `A measurement was recorded by hand${values([event.measurement])}${because(event.reason ?? null)}`;
    case 'measurement.superseded':
      return `A measurement was corrected${values([event.by])}${because(event.reason)}`;
    case 'measurement.decided':
      return `A measurement was ${event.status}${because(event.note)}`;
    default:
      return event satisfies never;
  }
}

const outcomeInWords: Readonly<Record<Outcome, string>> = {
  measured: 'measured',
  failed_sample: 'the sample could not be made',
  infeasible: 'the spec cannot be carried out',
  instrument_fault: 'instrument fault',
};

type Updated = Extract<CampaignEvent, { readonly type: 'campaign.updated' }>;

/** What is another now; of long things only that they are. */
function changeInWords({ strategy, review, cost, ...change }: Updated['change']): string {
  const parts = [
    change.name === undefined ? '' : `the name is "${change.name}"`,
    change.description === undefined ? '' : 'the description is another',
    change.space === undefined ? '' : 'the space is another',
    change.objectives === undefined ? '' : `the goal is to ${listOf(change.objectives.map(goalInWords))}`,
    change.limits === undefined ? '' : limitsInWords(change.limits),
    cost === undefined ? '' : costInWords(cost),
    strategy === undefined ? '' : `the strategy is ${strategyInWords(strategy)}`,
    change.budget === undefined ? '' : `the budget is ${change.budget}`,
    change.parallel === undefined ? '' : `${change.parallel} are kept open at a time`,
    change.approval === undefined ? '' : `approval is ${change.approval}`,
    review === undefined ? '' : reviewInWords(review),
  ].filter((part) => part !== '');
  const sentence = `${parts.join(', ')} from now on`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function goalInWords(objective: PlanObjective): string {
  const { goal, transform, unit } = objective;
  const name = `${named(objective)}${transform === 'log10' ? ' (log10)' : ''}`;
  return goal === 'window' ? `keep ${name} ${withinInWords(objective, unit)}` : `${goal} ${name}`;
}

const named = ({ property }: { readonly property: string }): string => property.replaceAll('_', ' ');

const limitsInWords = (limits: readonly OutcomeLimit[]): string =>
  listOf(
    limits.map((limit) =>
      limit.low === null && limit.high === null
        ? `${named(limit)} has no limit`
        : `${named(limit)} must lie ${withinInWords(limit, limit.unit)}`,
    ),
  );

function withinInWords({ low, high }: Pick<OutcomeLimit, 'low' | 'high'>, unit: string): string {
  const ends = low === null ? `below ${high}` : high === null ? `above ${low}` : `between ${low} and ${high}`;
  return `${ends} ${unit}`.trim();
}

const costInWords = (cost: NonNullable<Updated['change']['cost']> | null): string =>
  cost === null
    ? 'every experiment costs the same'
    : `what experiments cost is another${cost.budget === undefined ? '' : `, ${cost.budget} in all`}`;

const listOf = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

function strategyInWords({ name, initial, ...settings }: StrategySpec): string {
  const set = Object.entries(settings).map(([key, value]) => `, ${key} ${String(value)}`);
  return `${name} after ${initial} initial experiments${set.join('')}`;
}

const reviewInWords = ({ separate, rejectedFor }: ReviewPolicy): string =>
  `${separate ? 'nobody approves what they proposed' : 'anybody with the right approves'}, and a rejected point rests for ${rejectedFor} experiments`;

function marksInWords(marks: Updated['marks']): string {
  const out = marks.filter(({ outside }) => outside !== null).length;
  const back = marks.length - out;
  return `${out === 0 ? '' : `; ${counted(out)} outside now`}${back === 0 ? '' : `; ${counted(back)} inside again`}`;
}

const counted = (count: number): string => (count === 1 ? '1 experiment lies' : `${count} experiments lie`);

const outsideInWords = ({ outside }: { readonly outside?: string }): string =>
  outside === undefined ? '' : `, outside the space (${outside})`;

const because = (note: string | null): string => (note === null || note === '' ? '' : `: ${note}`);
const ownerInWords = (owner: TaskOwner): string =>
  owner === 'role:admin'
    ? 'the operator'
    : owner.startsWith('role:')
      ? `any ${owner.slice(5)}`
      : owner.slice(7);
const manyOf = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
const onOff = (on: boolean): string => (on ? 'on' : 'off');
const listed = (experiments: readonly { readonly number: number }[]): string =>
  `${experiments.length === 1 ? 'experiment' : 'experiments'} ${experiments.map(({ number }) => number).join(', ')}`;
const values = (measurements: readonly { readonly value: number; readonly unit: string }[]): string =>
  measurements.length === 0
    ? ''
    : `, ${measurements.map(({ value, unit }) => `${written(value)} ${unit}`.trim()).join(', ')}`;

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** Three digits, as a scientist writes them: 4.06 × 10⁻⁴. */
function written(value: number): string {
  const [digits = '', exponent = '0'] = value.toExponential(2).split('e');
  const power = Number(exponent);
  const plain = power >= -2 && power < 5;
  const text = plain
    ? String(Number(value.toPrecision(3)))
    : `${digits} × 10${power < 0 ? '⁻' : ''}${String(Math.abs(power)).replace(/\d/g, (digit) => superscripts[Number(digit)] ?? '')}`;
  return text.replace('-', '−');
}
