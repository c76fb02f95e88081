import { moveCampaign, pauseStation, type SubmitRequest, switchCampaign } from '@ionloop/engine';
import { choose, type Refused, refused, same } from './hearing.js';
import { person } from './persons.js';
import { planner } from './servers.js';
import { type Held, holding, type Program } from './station.js';
import type { Of, Step } from './steps.js';
import { ada, Violation, type World } from './world.js';

const stations = 3;

export async function perform(world: World, step: Step): Promise<void> {
  switch (step.do) {
    case 'boot':
      return boot(world, step);
    case 'claim':
      return claim(world, step);
    case 'start':
      return start(world, step);
    case 'beat':
      return beat(world, step);
    case 'append':
      return append(world, step);
    case 'submit':
      return submit(world, step);
    case 'clock':
      await world.database.clock.move(step.seconds);
      if (step.look)
        await world.send(step.server, 'none', (engine) =>
          world.verbs.look(engine, planner, world.campaignId),
        );
      return;
    case 'look':
      await world.send(step.server, step.mishap, (engine) =>
        world.verbs.look(engine, planner, world.campaignId),
      );
      return;
    case 'person':
      return person(world, step);
    case 'switch':
      return turn(world, step);
    case 'restart':
      return world.restart(step.server);
    case 'both': {
      const [first, second] = step.steps;
      if ([first.do, second.do].some((what) => what === 'restart' || what === 'boot')) {
        await perform(world, first);
        return perform(world, second);
      }
      await speaking(world, 0, 0);
      // Each on its own server, as two requests meet.
      world.racing = true;
      await Promise.all([
        perform(world, { ...first, server: 0 } as Step),
        perform(world, { ...second, server: 1 } as Step),
      ]).finally(() => (world.racing = false));
      return;
    }
    default:
      return step satisfies never;
  }
}

/** A station's program is started anew: it remembers what its disk does, which is what hardware moved for. */
async function boot(world: World, { who, server, mishap }: Of<'boot'>): Promise<void> {
  const station = `${world.name}/robot-${who % stations}`;
  const before = world.programs.findLast(({ voice }) => voice.station === station);
  const bootId = world.draw('boot');
  const older = world.programs.filter(({ voice }) => voice.station === station);
  for (const program of older) if (program.replaced === 'no') program.replaced = 'meanwhile';
  const told = await world.send(server, mishap, (engine) =>
    world.verbs.register(engine, {
      station,
      bootId,
      properties: ['ionic_conductivity'],
      schemaVersion: 1,
    }),
  );
  if (told.kind === 'refused') throw refused('register', told);
  if (told.kind === 'silence') {
    // It asks again until it is answered.
    await world.verbs.register(world.engine(server), {
      station,
      bootId,
      properties: ['ionic_conductivity'],
      schemaVersion: 1,
    });
  }
  for (const program of older) program.replaced = 'yes';
  const held = before?.held.filter(({ hardware, result }) => hardware !== 'still' || result !== null) ?? [];
  world.programs.push({ voice: { station, bootId }, held: [...held], claim: null, replaced: 'no' });
}

async function claim(world: World, { who, max, server, mishap }: Of<'claim'>): Promise<void> {
  const program = await speaking(world, who, server);
  program.claim ??= { key: world.draw('claim'), max, given: null };
  const open = program.claim;
  const told = await world.send(server, mishap, (engine) =>
    world.verbs.claim(engine, program.voice, { idempotencyKey: open.key, max: open.max }),
  );
  if (told.kind === 'refused') {
    mayBeRefused(world, 'claim', program, told);
    return;
  }
  const given = told.kind === 'answer' ? told.value : told.unheard;
  if (given === null) return;
  if (open.given !== null && open.given.length > 0 && !same(open.given, given))
    throw new Violation('lost-reply: a repeated claim got other work');
  open.given = given;
  if (told.kind === 'silence') return;
  if (program.claim === open) program.claim = null;
  const known = new Set(program.held.map(({ assignment }) => assignment.attemptId));
  // A lab has more campaigns than this one; what is of another story is not looked at.
  for (const assignment of given) {
    if (assignment.campaignId !== world.campaignId)
      throw new Violation('a claim was given work of a campaign that is over');
    if (!known.has(assignment.attemptId)) program.held.push(holding(assignment));
  }
}

async function start(world: World, { pick, slip, server, mishap }: Of<'start'>): Promise<void> {
  const chosen = work(world, pick, ({ hardware }) => hardware === 'still');
  if (!chosen) return;
  const { program, held } = chosen;
  const { attemptId, fence, specHash } = held.assignment;
  const request = {
    attemptId,
    fence: slip === 'fence' ? fence + 1 : fence,
    specHash: slip === 'spec' ? 'f'.repeat(64) : specHash,
  };
  const replaced = program.replaced === 'yes';
  const told = await world.send(server, mishap, (engine) =>
    world.verbs.start(engine, program.voice, request),
  );
  if (told.kind === 'refused') {
    if (told.code !== 'LEASE_LOST' && told.code !== 'SPEC_CHANGED') throw refused('start', told);
    return;
  }
  const said = told.kind === 'answer' || told.unheard !== null;
  if (said && slip === 'fence') throw new Violation('I3 a start with another fence was let through');
  if (said && replaced) throw new Violation('two-boots: the older boot was let start');
  if (said && slip === 'spec' && !alreadyStarted(world, attemptId))
    throw new Violation('I8 a start of something else than was approved was let through');
  if (told.kind === 'answer' && slip === 'none') held.hardware = 'moving';
}

/** Or may be, by somebody else at this moment: a repeated start is answered whatever it carries. */
const alreadyStarted = (world: World, attemptId: string): boolean =>
  world.racing || world.disk.attempts.some(({ id, started_at }) => id === attemptId && started_at !== null);

async function beat(world: World, { who, server, mishap }: Of<'beat'>): Promise<void> {
  const program = choose(world.programs, who);
  if (!program) return;
  const ids = program.held.filter(({ answered }) => !answered).map(({ assignment }) => assignment.attemptId);
  const replaced = program.replaced === 'yes';
  const told = await world.send(server, mishap, (engine) =>
    world.verbs.heartbeat(
      engine,
      program.voice,
      ids.map((attemptId) => ({ attemptId })),
    ),
  );
  if (told.kind === 'refused') throw refused('heartbeat', told);
  if (told.kind === 'silence') return;
  for (const { attemptId, command } of told.value) {
    const held = program.held.find(({ assignment }) => assignment.attemptId === attemptId);
    if (!ids.includes(attemptId))
      throw new Violation(`heartbeat answers for ${attemptId}, which was not asked`);
    // Another beat of this program, at the same moment, has dropped it.
    if (!held) continue;
    if (replaced && command !== 'lease_lost')
      throw new Violation(`two-boots: the older boot was told ${command}`);
    if (command === 'cancel') held.cancelAsked = true;
    // What has not begun is dropped; what runs is brought to its end and handed in.
    if (command === 'lease_lost' && held.hardware === 'still')
      program.held.splice(program.held.indexOf(held), 1);
  }
}

async function append(world: World, { pick, seq, server, mishap }: Of<'append'>): Promise<void> {
  const chosen = work(world, pick, () => true);
  if (!chosen) return;
  const { program, held } = chosen;
  const { attemptId } = held.assignment;
  const told = await world.send(server, mishap, (engine) =>
    world.verbs.append(engine, program.voice, { attemptId, seq, partial: { seq } }),
  );
  if (told.kind === 'refused') {
    mayBeRefused(world, 'append', program, told);
    return;
  }
  if (told.kind === 'silence') return;
  if (told.value.stored && held.partialsAnswered.has(seq))
    throw new Violation(`partial ${seq} of ${attemptId} was stored twice`);
  held.partialsAnswered.add(seq);
}

async function submit(world: World, step: Of<'submit'>): Promise<void> {
  const { pick, slip, server, mishap } = step;
  const again = slip === 'other body' || slip === 'other key';
  const chosen =
    work(world, pick, ({ hardware, result, answered }) =>
      again ? answered : !answered && (hardware !== 'still' || result !== null || slip === 'unstarted'),
    ) ?? work(world, pick, ({ hardware }) => hardware !== 'still');
  if (!chosen) return;
  const { program, held } = chosen;
  held.result ??= resultOf(world, held, step);
  const { result } = held;
  if (held.hardware === 'moving') held.hardware = 'done';
  if (held.answered && again) return refuseToSubmitAgain(world, program, result, step);
  const told = await world.send(server, mishap, (engine) =>
    world.verbs.submit(engine, program.voice, result),
  );
  if (told.kind === 'refused') {
    mayBeRefused(world, 'submit', program, told);
    return;
  }
  const given = told.kind === 'answer' ? told.value : told.unheard;
  if (given === null) return;
  if (held.given !== null && !same(held.given, given))
    throw new Violation(`lost-reply: a repeated submit was answered ${JSON.stringify(given)}`);
  held.given = given;
  held.answered ||= told.kind === 'answer';
}

async function refuseToSubmitAgain(
  world: World,
  program: Program,
  result: SubmitRequest,
  { slip, server }: Of<'submit'>,
): Promise<void> {
  const other =
    slip === 'other body'
      ? { ...result, note: 'another body' }
      : { ...result, idempotencyKey: world.draw('key') };
  const told = await world.send(server, 'none', (engine) => world.verbs.submit(engine, program.voice, other));
  const wanted = slip === 'other body' ? 'IDEMPOTENCY_KEY_REUSED' : 'CONFLICT';
  if (told.kind === 'refused' && (told.code === wanted || program.replaced !== 'no')) return;
  throw new Violation(`same key, other payload: ${slip} was answered ${JSON.stringify(told)}`);
}

function resultOf(world: World, held: Held, { outcome, slip }: Of<'submit'>): SubmitRequest {
  const measured = outcome === 'measured' && !held.cancelAsked;
  const key = world.draw('submit');
  const value = 1e-5 * (1 + Number(key.split('-').at(-1)));
  return {
    attemptId: held.assignment.attemptId,
    fence: held.assignment.fence,
    idempotencyKey: key,
    outcome: measured ? 'measured' : outcome === 'measured' ? 'instrument_fault' : outcome,
    measurements: measured
      ? [
          {
            property: 'ionic_conductivity',
            value,
            unit: 'S/cm',
            ...(slip === 'doubt' && { suspect: 'contact was poor' }),
          },
        ]
      : [],
  };
}

async function turn(world: World, { what, server }: Of<'switch'>): Promise<void> {
  const told = await world.send(server, 'none', async (engine) => {
    const { campaignId } = world;
    switch (what) {
      case 'pause':
        return moveCampaign(engine, ada, campaignId, 'paused');
      case 'resume':
        return moveCampaign(engine, ada, campaignId, 'active');
      case 'archive':
        return moveCampaign(engine, ada, campaignId, 'archived');
      case 'dispatch':
        return switchCampaign(engine, ada, campaignId, {
          dispatch: world.disk.campaign['dispatch'] !== true,
        });
      case 'proposing':
        return switchCampaign(engine, ada, campaignId, {
          proposing: world.disk.campaign['proposing'] !== true,
        });
      case 'station': {
        const station = await engine.store.stations.byName(`${world.name}/robot-0`);
        return station && pauseStation(engine, ada, station.id, !station.paused);
      }
      default:
        return what satisfies never;
    }
  });
  if (told.kind === 'refused' && told.code !== 'INVALID_STATE') throw refused(what, told);
}

/** Among all that any program holds and that will do, the newest first. */
function work(
  { programs }: World,
  pick: number,
  fit: (held: Held) => boolean,
): { readonly program: Program; readonly held: Held } | undefined {
  return choose(
    programs.flatMap((program) => program.held.filter(fit).map((held) => ({ program, held }))).reverse(),
    pick,
  );
}

/** The chosen program; where there is none yet, a station is switched on first. */
async function speaking(world: World, who: number, server: number): Promise<Program> {
  if (!world.programs.some(({ replaced }) => replaced !== 'yes'))
    await boot(world, { do: 'boot', who, pick: 0, server, mishap: 'none' });
  // Mostly the newest boots, sometimes one that was replaced.
  const current = world.programs.filter(({ replaced }) => replaced !== 'yes');
  const program = who === 7 ? choose(world.programs, who) : choose(current, who);
  if (!program) throw new Error('no program runs');
  return program;
}

/** The one reason there is for what a station says: another boot speaks for it. */
function mayBeRefused(world: World, what: string, { replaced }: Program, told: Refused): void {
  // The same request is being answered on the other server: this one comes again.
  if (told.code === 'IDEMPOTENCY_KEY_IN_FLIGHT' && world.racing) return;
  if (replaced === 'no' || told.code !== 'LEASE_LOST') throw refused(what, told);
}
