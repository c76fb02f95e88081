import { describe, expect, test } from '@jest/globals';
import { groundsSentences } from '../src/format/grounds.js';

const objective = {
  property: 'ionic_conductivity',
  goal: 'maximise',
  transform: 'log10',
  unit: 'S/cm',
  temperatureC: 25,
} as const;
const grounds = {
  predictions: [{ property: 'ionic_conductivity', mean: -4, sd: 0.5 }],
  improvement: { exploiting: 0.1, exploring: 0.3, exploringShare: 0.75 },
  feasible: 0.9,
  withinLimits: null,
  nearest: { distance: 0.12, label: 'Li3PO4 25 %' },
  runnerUp: { score: 0.3, label: 'Li3PO4 30 %' },
  cost: null,
  repeat: false,
  elsewhere: [],
  elsewhereRefused: [],
};
const acquisition = { name: 'log_ei', value: 0.4 };
type Kept = NonNullable<Parameters<typeof groundsSentences>[0]['grounds']>;
const now = { strategy: 'auto', outside: null };
const said = (change: Partial<Kept> = {}) =>
  groundsSentences(
    { grounds: { ...grounds, ...change }, acquisition, origin: 'model', ...now },
    objective,
  ).map((sentence) => sentence.replace(/[\u00a0\u202f]/g, ' '));

describe('why an experiment', () => {
  test('is said in sentences with numbers', () => {
    expect(said()).toEqual([
      'The model predicts ionic conductivity 1.0 × 10⁻⁴ S/cm (95 %: 0.10 to 10 × 10⁻⁴).',
      'The expected gain over the best so far is 0.400 decades: 25 % of it from what is predicted, 75 % from what is not known yet.',
      'The nearest measured point, Li₃PO₄ 25 %, is 12 % of the range away.',
      'Of all candidates it has the best score, 0.400 by log ei; second was Li₃PO₄ 30 % with 0.300.',
      'The chance that it can be made is 90 %.',
      'The strategy was auto when it was proposed.',
    ]);
  });

  test('names a repeat, limits, costs and what could not be learned from elsewhere', () => {
    const sentences = said({ repeat: true, elsewhereRefused: ['too few'], runnerUp: null }).join(' ');
    expect(sentences).toContain('It repeats a measured point');
    expect(sentences).toContain('not learned from as asked: too few.');
    expect(sentences).not.toContain('second was');
    expect(said({ withinLimits: 0.5, cost: 12 }).slice(-3, -1)).toEqual([
      'The chance that all limits are kept is 50 %.',
      'It costs 12.0.',
    ]);
  });

  test.each([
    [
      'sources',
      'The model learned from 12 results from elsewhere of ionic conductivity too; their correlation with the own ones is 0.870.',
    ],
    ['mean', 'The model started from 12 results from elsewhere of ionic conductivity.'],
    [
      'alone',
      'The model left 12 results from elsewhere of ionic conductivity aside: it predicts the own ones better without them.',
    ],
  ])('says what was made of results from elsewhere: %s', (learned, sentence) => {
    const sources = [{ results: 12, correlation: learned === 'sources' ? 0.87 : null }];
    const elsewhere = [{ property: 'ionic_conductivity', learned, sources }];
    expect(said({ elsewhere }).at(-1)).toBe(sentence);
  });

  test.each([
    ['person', 'A person asked for it.'],
    ['initial', 'It belongs to the initial design: no model had a say yet.'],
    ['model', 'It was proposed before grounds were kept.'],
  ])('of %s without grounds is one sentence', (origin, sentence) => {
    const bare = { grounds: null, acquisition: null, origin, strategy: null };
    expect(groundsSentences({ ...bare, outside: null }, objective)).toEqual([sentence]);
    expect(groundsSentences({ ...bare, outside: 'it is too hot' }, objective)).toEqual([
      sentence,
      'It lies outside the space as it is now: it is too hot.',
    ]);
  });
});
