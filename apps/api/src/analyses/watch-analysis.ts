import type { Analysis, AnalysisStore } from '@ionloop/engine';
import { setTimeout as pause } from 'node:timers/promises';
import { linkedTo } from '../http/linked.js';

const lookMs = 300;

/** The analysis as it is, and again each time that something of it has changed; ends when it does, or the reader. */
export function watchAnalysis(
  analyses: Pick<AnalysisStore, 'byIds'>,
  id: string,
  ending: AbortSignal,
): AsyncIterableIterator<Analysis, void, undefined> {
  const { signal, abort: leave } = linkedTo(ending);
  const states = look(analyses, id, signal);
  return {
    next: () => states.next(),
    return: () => {
      leave();
      return states.return();
    },
    throw: (error: unknown) => {
      leave();
      return states.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* look(
  analyses: Pick<AnalysisStore, 'byIds'>,
  id: string,
  ended: AbortSignal,
): AsyncGenerator<Analysis, void, undefined> {
  let told = '';
  while (!ended.aborted) {
    const [analysis] = await analyses.byIds([id]);
    if (!analysis) return;
    const state = JSON.stringify(analysis);
    if (state !== told) yield analysis;
    told = state;
    if (analysis.endedAt !== null) return;
    await pause(lookMs, undefined, { signal: ended }).catch(() => undefined);
  }
}
