import { type FinishedScreen, finishScreen } from './finish.js';
import type { ScreenTally } from '@ionloop/domain';
import { OpenScreen, type ScreenedChunk } from './chunk.js';
import { chunkRange, prepareScreen, type ScreenRequest } from './prepare.js';
import type { ScreenPlan } from './spec.js';

/** Plans that this thread was sent, at work. */
const open = new WeakMap<ScreenPlan, OpenScreen>();
const seconds = (): number => performance.now() / 1000;

/** What a compute thread can be asked about screens; the plan is kept, so that it is read once. */
export const screeningTasks = {
  prepareScreen: (request: ScreenRequest): ScreenPlan => prepareScreen(request),

  screenChunk({ chunk }: { readonly chunk: number }, plan: ScreenPlan): ScreenedChunk {
    let screen = open.get(plan);
    if (screen === undefined) {
      screen = new OpenScreen(plan);
      open.set(plan, screen);
    }
    const { from, to } = chunkRange(plan, chunk);
    return screen.chunk(from, to, seconds);
  },

  finishScreen: (tally: ScreenTally, plan: ScreenPlan): FinishedScreen => finishScreen(plan, tally),
};

export const tasks = screeningTasks;
