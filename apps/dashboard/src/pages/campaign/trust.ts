import type { Diagnostics } from '../../api/diagnostics.js';
import { percentText } from '../../format/number.js';
import type { Tone } from '../../format/words.js';
import { calibrationOf } from '../../plots/calibration.js';

export interface Reason {
  readonly speaks: 'for' | 'against';
  readonly text: string;
}

/** Whether a model should be trusted, in a sentence, and what speaks for and against it. */
export interface Trust {
  readonly answer: 'yes' | 'with care' | 'no';
  readonly sentence: string;
  readonly reasons: readonly Reason[];
}

const fewestResults = 5;
const enoughResults = 15;
const wellExplained = 0.5;

/** By what the model said of results that it had not seen; null of fewer than five. */
export function trustOf({ leftOut, r2 }: Diagnostics): Trust | null {
  if (leftOut.length < fewestResults || r2 === null) return null;
  const { verdict, points } = calibrationOf(leftOut);
  const held = points.at(-1)?.held ?? 0;
  const reasons: readonly Reason[] = [
    r2 >= wellExplained
      ? {
          speaks: 'for',
          text: `It explains ${percentText(r2)} of the differences between results that it had not seen.`,
        }
      : {
          speaks: 'against',
          text: `It explains only ${percentText(Math.max(0, r2))} of the differences between results that it had not seen.`,
        },
    intervalReason(verdict, held),
    leftOut.length >= enoughResults
      ? { speaks: 'for', text: `It was tried on ${leftOut.length} results.` }
      : {
          speaks: 'against',
          text: `It was tried on only ${leftOut.length} results: a few more may change the picture.`,
        },
  ];
  const answer = r2 <= 0 ? 'no' : reasons.some(({ speaks }) => speaks === 'against') ? 'with care' : 'yes';
  return { answer, reasons, sentence: sentenceOf(answer, r2, verdict) };
}

function intervalReason(verdict: ReturnType<typeof calibrationOf>['verdict'], held: number): Reason {
  const holds = `Its 95 % intervals hold ${percentText(held)} of the results`;
  switch (verdict) {
    case 'right':
      return { speaks: 'for', text: `${holds}: it knows how sure it may be.` };
    case 'too sure':
      return { speaks: 'against', text: `${holds}: it is too sure of itself.` };
    case 'too careful':
      return { speaks: 'against', text: `${holds}: it is more careful than it needs to be.` };
  }
}

function sentenceOf(answer: Trust['answer'], r2: number, verdict: string): string {
  if (answer === 'no')
    return 'The model does not yet tell good from poor: its map is a guess, its proposals explore.';
  if (answer === 'yes') return 'The model can be trusted: it tells good from poor, and knows how sure it is.';
  const telling = r2 >= wellExplained ? 'tells good from poor' : 'does not yet tell good from poor well';
  const sure =
    verdict === 'right'
      ? 'its intervals are honest'
      : verdict === 'too sure'
        ? 'its intervals are too narrow'
        : 'its intervals are wider than need be';
  const joint = r2 >= wellExplained === (verdict === 'right') ? 'and' : 'but';
  return `The model is to be taken with care: it ${telling}, ${joint} ${sure}.`;
}

export const trustWords: Readonly<Record<Trust['answer'], { readonly word: string; readonly tone: Tone }>> = {
  yes: { word: 'Yes', tone: 'good' },
  'with care': { word: 'With care', tone: 'warn' },
  no: { word: 'Not yet', tone: 'bad' },
};
