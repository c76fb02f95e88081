import type { ErrorCode } from '@ionloop/domain';
import {
  addExperiment,
  addReplicates,
  approveExperiments,
  askForProposals,
  assignTask,
  cancelExperiment,
  decideMeasurement,
  decideResult,
  editExperiment,
  type Engine,
  extendTask,
  recordMeasurement,
  rejectExperiment,
  reorderExperiments,
  requeueExperiment,
  resolveSuspect,
  restoreExperiment,
  supersedeMeasurement,
  taskId,
  updateCampaign,
  withdrawApproval,
  withdrawRejection,
} from '@ionloop/engine';
import { choose, type Refused, refused, same } from './hearing.js';
import { decisions, moves, type Of, type PersonsAct } from './steps.js';
import { ada, type Heard, Violation, type World } from './world.js';

type Work = (engine: Engine) => Promise<unknown>;

interface Wanted {
  readonly act: PersonsAct;
  readonly work: Work;
}

export async function person(world: World, step: Of<'person'>): Promise<void> {
  const { server, mishap } = step;
  const wanted = possible(world, step);
  if (!wanted) return;
  const told = await world.send(server, mishap, wanted.work);
  if (told.kind === 'refused') mayBeRefused(wanted, told);
  else if (keyed.has(wanted.act)) await askAgain(world, wanted, step, told);
}

/** Where there is nothing for this act, the next of its kind that has something. */
function possible(world: World, { act, pick }: Of<'person'>): Wanted | null {
  const all: readonly PersonsAct[] =
    [decisions, moves].find((one: readonly PersonsAct[]) => one.includes(act)) ?? [];
  const from = all.indexOf(act);
  for (const one of [...all.slice(from), ...all.slice(0, from)]) {
    const work = personsWork(world, one, pick);
    if (work) return { act: one, work };
  }
  return null;
}

/** Those that make something, which a client asks for until it is answered. */
const keyed: ReadonlySet<PersonsAct> = new Set([
  'supersede',
  'record by hand',
  'replicate',
  'propose now',
  'add a point',
]);

async function askAgain(
  world: World,
  wanted: Wanted,
  { server, mishap }: Of<'person'>,
  told: Heard<unknown>,
): Promise<void> {
  const { act, work } = wanted;
  const again = await world.send(server, 'none', work);
  const isDone = told.kind === 'answer' || mishap === 'commits, then times out';
  if (again.kind === 'refused') {
    if (isDone) throw new Violation(`lost-reply: ${act} asked for again was refused: ${again.message}`);
    mayBeRefused(wanted, again);
  } else if (told.kind === 'answer' && again.kind === 'answer' && !same(told.value, again.value)) {
    throw new Violation(`lost-reply: ${act} asked for again made another`);
  }
}

/** Beside what is in another state by now: a budget may be too small for what is wanted of it. */
const otherReasons: { readonly [Act in PersonsAct]?: ErrorCode } = {
  'propose now': 'INVALID_INPUT',
  'change settings': 'INVALID_INPUT',
};

function mayBeRefused({ act }: Wanted, told: Refused): void {
  if (told.code !== 'INVALID_STATE' && told.code !== otherReasons[act]) throw refused(act, told);
}

const why = 'because a person says so';

function personsWork(world: World, act: PersonsAct, pick: number): Work | null {
  const { disk, campaignId } = world;
  const experiment = (...states: string[]): string | undefined =>
    choose(
      disk.experiments.filter(({ state }) => states.includes(state)),
      pick,
    )?.id;
  const attempt = (...states: string[]): string | undefined =>
    choose(
      disk.attempts.filter(({ state }) => states.includes(state)),
      pick,
    )?.id;
  const measurement = (...statuses: string[]): string | undefined =>
    choose(
      disk.measurements.filter(({ status }) => statuses.includes(status)),
      pick,
    )?.id;
  const about = (
    id: string | undefined,
    work: (engine: Engine, id: string) => Promise<unknown>,
  ): Work | null => (id === undefined ? null : (engine) => work(engine, id));
  const open = ['proposed', 'queued', 'claimed', 'running', 'measured', 'quarantined'];
  switch (act) {
    case 'approve':
      return about(experiment('proposed'), (engine, id) => approveExperiments(engine, ada, [id]));
    case 'reject':
      return about(experiment('proposed'), (engine, id) => rejectExperiment(engine, ada, id, why));
    case 'cancel':
      return about(experiment(...open), (engine, id) => cancelExperiment(engine, ada, id, why));
    case 'withdraw':
      return about(experiment(...open), (engine, id) => withdrawApproval(engine, ada, id, why));
    case 'edit':
      return about(experiment(...open), (engine, id) =>
        editExperiment(engine, ada, { id, point: points[pick % points.length], reason: why }),
      );
    case 'requeue':
      return about(experiment('quarantined'), (engine, id) => requeueExperiment(engine, ada, id, why));
    case 'requeue suspect':
      return about(attempt('suspect'), (engine, id) => resolveSuspect(engine, ada, id, 'requeue', why));
    case 'abandon suspect':
      return about(attempt('suspect'), (engine, id) => resolveSuspect(engine, ada, id, 'abandon', why));
    case 'accept result':
      return about(attempt('flagged', 'late'), (engine, id) => decideResult(engine, ada, id, 'accept', why));
    case 'discard result':
      return about(attempt('flagged', 'late'), (engine, id) => decideResult(engine, ada, id, 'discard', why));
    case 'exclude':
      return about(measurement('accepted'), (engine, id) =>
        decideMeasurement(engine, ada, id, 'excluded', why),
      );
    case 'restore':
      return about(measurement('excluded'), (engine, id) =>
        decideMeasurement(engine, ada, id, 'accepted', why),
      );
    case 'supersede': {
      const corrected = byHand(world);
      return about(measurement('accepted', 'excluded'), async (engine, measurementId) => {
        const { id } = await supersedeMeasurement(engine, ada, { measurementId, ...corrected });
        return id;
      });
    }
    case 'record by hand': {
      const recorded = byHand(world);
      const id = experiment('queued', 'claimed', 'quarantined', 'accepted', 'measured', 'cancelled');
      return about(id, async (engine, experimentId) => {
        const made = await recordMeasurement(engine, ada, { experimentId, ...recorded });
        return made.id;
      });
    }
    case 'replicate': {
      const again = { count: 1 + (pick % 2), reason: why, idempotencyKey: world.draw('replicate') };
      return about(experiment('accepted', 'failed_sample'), async (engine, experimentId) => {
        const made = await addReplicates(engine, ada, { experimentId, ...again });
        return made.map(({ id }) => id);
      });
    }
    case 'take back a rejection':
      return about(experiment('rejected'), (engine, id) => withdrawRejection(engine, ada, id, why));
    case 'take back a cancellation':
      return about(experiment('cancelled'), (engine, id) => restoreExperiment(engine, ada, id, why));
    case 'reorder':
      return about(experiment('proposed', 'queued'), (engine, id) => {
        const place = pick % 2 === 0 ? 'first' : 'last';
        return reorderExperiments(engine, ada, { campaignId, ids: [id], place, reason: why });
      });
    case 'assign':
      return about(task(world, pick), (engine, id) =>
        assignTask(engine, ada, id, { owner: 'person:grace', note: why }),
      );
    case 'extend':
      return about(task(world, pick), (engine, id) => extendTask(engine, ada, id, { seconds: 600 }));
    case 'change settings':
      return (engine) =>
        updateCampaign(engine, ada, {
          id: campaignId,
          change: settings[pick % settings.length],
          reason: why,
        });
    case 'propose now': {
      const asked = { campaignId, count: 1, reason: why, idempotencyKey: world.draw('propose') };
      return async (engine) => {
        const { id } = await askForProposals(engine, ada, asked);
        return id;
      };
    }
    case 'add a point': {
      const point = points[pick % points.length];
      const added = { campaignId, point, reason: why, idempotencyKey: world.draw('add') };
      return async (engine) => {
        const { id } = await addExperiment(engine, ada, added);
        return id;
      };
    }
    default:
      return act satisfies never;
  }
}

const points = [
  { composition: { Li3PO4: 0.5, Li3BO3: 0.25, Li2SO4: 0.25 } },
  { composition: { Li3PO4: 0.25, Li3BO3: 0.25, Li2SO4: 0.5 } },
];

const settings = [
  { parallel: 2 },
  { budget: 8 },
  { parallel: 4 },
  { budget: 10 },
  { approval: 'automatic' },
  { approval: 'manual' },
];

/** A value of its own, under a key of its own. */
function byHand(world: World) {
  const idempotencyKey = world.draw('hand');
  const value = 1e-5 * (1 + Number(idempotencyKey.split('-').at(-1)));
  return {
    ...{ measurement: { property: 'ionic_conductivity', value, unit: 'S/cm' } },
    ...{ reason: why, idempotencyKey },
  };
}

/** What somebody is asked, by its id. */
function task({ disk: { campaign, experiments, attempts } }: World, pick: number): string | undefined {
  const rows = [
    { kind: 'campaign' as const, row: campaign },
    ...experiments.map((row) => ({ kind: 'experiment' as const, row })),
    ...attempts.map((row) => ({ kind: 'attempt' as const, row })),
  ];
  const asked = rows.filter(({ row }) => row.waiting_owner !== null);
  const one = choose(asked, pick);
  return one && taskId({ kind: one.kind, id: one.row.id });
}
