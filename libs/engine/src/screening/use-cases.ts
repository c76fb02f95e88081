import {
  type Actor,
  addTally,
  emptyTally,
  invalidInput,
  invalidState,
  type Json,
  notFound,
  type ScreenTally,
  teachesFeasibility,
} from '@ionloop/domain';
import { openStream, parseStreamSpec } from '@ionloop/space';
import type { Engine } from '../deps.js';
import { integer, memberOf, number, object, text } from '../input.js';
import { askedUnder, madeBefore } from '../made-under.js';
import { observationsOf } from '../planning/request.js';
import type { ChunksDone, NewScreen, Screen, ScreenHints, Screener, ScreenStore } from './screen.js';

export interface StartScreen {
  readonly top?: number | null;
  readonly acquisition?: string | null;
  readonly beta?: number | null;
  readonly model?: string | null;
  readonly levels?: unknown;
  readonly mostComponents?: unknown;
  readonly funnel?: unknown;
  readonly student?: unknown;
  readonly range?: unknown;
}

/** Writes down what is to be screened, with the results that the campaign has at this moment. */
export async function startScreen(
  engine: Engine,
  hints: ScreenHints,
  actor: Actor,
  campaignId: string,
  input: StartScreen,
  idempotencyKey?: string,
): Promise<Screen> {
  const asked =
    idempotencyKey === undefined
      ? undefined
      : askedUnder(['startScreen', campaignId, actor.name], idempotencyKey, input);
  if (asked !== undefined && idempotencyKey !== undefined) {
    const earlier = madeBefore(await engine.store.screens.under(asked.key), asked, idempotencyKey);
    if (earlier) return earlier;
  }
  const snapshot = await engine.store.read.planningSnapshot(campaignId);
  if (!snapshot) throw notFound('campaign', campaignId);
  const [objective] = snapshot.campaign.objectives;
  const experiments = [...snapshot.experiments].sort((a, b) => a.number - b.number);
  const { goal } = objective;
  if (goal === 'window') {
    throw invalidState(
      `a screen keeps the largest or the smallest; ${objective.property} is wanted within a window`,
    );
  }
  const observations = observationsOf(experiments, snapshot.accepted, objective);
  if (observations.length < 2) {
    throw invalidState(
      `this campaign has ${observations.length} accepted results; a screen needs two for its model to compare`,
    );
  }
  const settings = settingsOf(input, { ...snapshot.campaign.space }, snapshot.campaign.seed);
  const wanted: NewScreen = {
    id: engine.ids.next(),
    campaignId,
    createdBy: actor.name,
    request: {
      settings,
      goal,
      model: input.model ?? 'gp',
      observations,
      failures: experiments.filter(({ state }) => teachesFeasibility(state)).map(({ point }) => point),
    },
  };
  const screen = await engine.store.screens.add(wanted, asked);
  // Another request under the key was faster.
  if (asked !== undefined && screen.id !== wanted.id) {
    return madeBefore(await engine.store.screens.under(asked.key), asked, idempotencyKey ?? '') ?? screen;
  }
  await hints.screen(screen.id, []);
  return screen;
}

function settingsOf(input: StartScreen, space: object, seed: string): Json {
  const { levels, mostComponents, funnel, student, range } = input;
  const spec = parseStreamSpec({
    ...space,
    ...(levels == null ? {} : { levels }),
    ...(mostComponents == null ? {} : { mostComponents }),
  });
  openStream(spec);
  return {
    space: spec as unknown as Json,
    top: integer(input.top ?? 1000, 'top', { min: 1, max: 100_000 }),
    acquisition: memberOf(input.acquisition ?? 'ucb', 'acquisition', ['mean', 'ucb', 'log-ei']),
    beta: number(input.beta ?? 1, 'beta', { min: 0, max: 100 }),
    filters: funnelIn(funnel ?? []),
    student: student == null ? null : studentIn(student),
    range: range == null ? null : rangeIn(range),
    seed,
  };
}

/** Its filters are read by whoever prepares the screen; here only that it is a list. */
function funnelIn(funnel: unknown): Json {
  if (!Array.isArray(funnel)) throw invalidInput('funnel', 'a funnel must be a list of filters');
  return funnel as Json;
}

function studentIn(value: unknown): Json {
  const fields = object(value, 'student', ['labels', 'alpha']);
  return {
    labels: integer(fields['labels'] ?? 2000, 'student.labels', { min: 40, max: 100_000 }),
    alpha: number(fields['alpha'] ?? 10, 'student.alpha', { min: 1, max: 1000 }),
  };
}

function rangeIn(value: unknown): Json {
  const fields = object(value, 'range', ['from', 'to']);
  const whole = (key: 'from' | 'to'): string => {
    const digits = text(fields[key], `range.${key}`, { min: 1, max: 40 });
    if (!/^\d+$/.test(digits))
      throw invalidInput(`range.${key}`, `range.${key} must be a whole number as text`);
    return digits;
  };
  return { from: whole('from'), to: whole('to') };
}

export async function cancelScreen(engine: Engine, id: string): Promise<Screen> {
  const { screens } = engine.store;
  const before = await known(screens, id);
  if (!(await screens.end(id, 'cancelled', {}))) {
    throw invalidState(`this screen is ${before.status}; only one that is not over can be cancelled`);
  }
  return known(screens, id);
}

async function known(screens: ScreenStore, id: string): Promise<Screen> {
  const screen = await screens.byId(id);
  if (!screen) throw notFound('screen', id);
  return screen;
}

/** Does what the record says is next: prepare it, hand out the chunks that are missing, or finish. Any number may do it at once. */
export async function advanceScreen(
  screens: ScreenStore,
  screener: Screener,
  hints: ScreenHints,
  id: string,
): Promise<void> {
  let screen = await screens.byId(id);
  if (screen?.status === 'preparing') {
    const prepared = await screener.prepare(screen.request).catch(async (error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      await screens.end(id, 'failed', { error: message });
      return null;
    });
    if (prepared === null) return;
    await screens.begin(id, prepared.plan, prepared.size);
    screen = await screens.byId(id);
  }
  if (screen?.status !== 'running') return;
  const missing = await screens.missingChunks(id);
  if (missing.length > 0) {
    await hints.screen(id, missing);
    return;
  }
  const tally = await tallyOf(screens, screen);
  const result = await screener.finish(id, () => planOf(screens, id), tally);
  await screens.end(id, 'completed', { result });
}

/** Scores a chunk, unless it is there already or nobody wants it any more. */
export async function screenChunk(
  screens: ScreenStore,
  screener: Screener,
  id: string,
  chunk: number,
): Promise<void> {
  const screen = await screens.byId(id);
  if (screen?.status !== 'running') return;
  if (!(await screens.missingChunks(id)).includes(chunk)) return;
  const result = await screener.chunk(id, () => planOf(screens, id), chunk);
  await screens.addChunk(id, chunk, result, Number(BigInt(result.to) - BigInt(result.from)));
}

async function planOf(screens: ScreenStore, id: string): Promise<Json> {
  const plan = await screens.plan(id);
  if (plan === null) throw notFound('plan of screen', id);
  return plan;
}

const chunksAtOnce = 50;

/** All chunks that are there, added up. */
export async function tallyOf(screens: ScreenStore, { id, size }: Screen): Promise<ScreenTally> {
  let tally = emptyTally;
  for (let from = 0; size !== null && from < size.chunks; from += chunksAtOnce) {
    for (const result of await screens.chunks(id, from, chunksAtOnce))
      tally = addTally(tally, result, size.kept);
  }
  return tally;
}

export interface ScreenProgress {
  readonly chunksDone: number;
  readonly candidatesDone: number;
  /** Since it began running; null before the first chunk. */
  readonly perSecond: number | null;
  readonly secondsLeft: number | null;
}

/** `done` of its chunks; undefined where there are none yet. */
export function screenProgress(screen: Screen, done: ChunksDone | undefined): ScreenProgress {
  const { chunks, candidates, lastAt } = done ?? { chunks: 0, candidates: 0, lastAt: null };
  const seconds =
    lastAt === null || screen.startedAt === null
      ? 0
      : (Date.parse(lastAt) - Date.parse(screen.startedAt)) / 1000;
  const perSecond = seconds > 0 ? candidates / seconds : null;
  const left = screen.size === null ? null : Number(screen.size.candidates) - candidates;
  const running = screen.status === 'running' || screen.status === 'completed';
  return {
    chunksDone: chunks,
    candidatesDone: candidates,
    perSecond,
    secondsLeft: perSecond === null || left === null || !running ? null : left / perSecond,
  };
}

/** Screens whose hints were lost get new ones. */
export async function reviveScreens(
  screens: ScreenStore,
  screener: Screener,
  hints: ScreenHints,
): Promise<void> {
  const unfinished = await screens.unfinished();
  if (unfinished.length === 0 || !(await hints.idle())) return;
  for (const { id } of unfinished) await advanceScreen(screens, screener, hints, id);
}
