import { fromModelScale } from '@ionloop/chemistry';
import type { LearnedElsewhere, PlanObjective } from '@ionloop/domain';

export interface Said {
  readonly phrase: string;
  /** One an objective, on the models' scale, in the property's own direction. */
  readonly predictions: readonly { readonly mean: number; readonly sd: number }[];
  /** The best measured value of the first objective, likewise. */
  readonly best: number;
  /** As a share of the range; null where nothing has been measured. */
  readonly nearest: number | null;
  /** 1 where no failure warns. */
  readonly feasible: number;
  /** The chance that all limits are kept; null where there are none. */
  readonly withinLimits?: number | null;
  readonly cost?: number | null;
  /** How many points without a result were taken as predicted. */
  readonly believed: number;
  /** What became of results from elsewhere, of each objective that has some. */
  readonly elsewhere?: readonly LearnedElsewhere[];
}

const far = 0.15;
const near = 0.05;

/** Why this experiment, for a scientist. */
export function reasonFor(objectives: readonly PlanObjective[], said: Said): string {
  const { nearest, feasible, believed, withinLimits = null, cost = null, elsewhere = [] } = said;
  const expected = said.predictions.map(({ mean, sd }, k) => {
    const objective = objectives[k]!;
    const shown = (value: number): string => readable(fromModelScale(value, objective.transform));
    const unit = objective.unit === '' || objective.unit === '1' ? '' : ` ${objective.unit}`;
    const range = `(95 %: ${shown(mean - 2 * sd)} … ${shown(mean + 2 * sd)})`;
    if (objectives.length > 1) return `${objective.property} ${shown(mean)}${unit} ${range}`;
    return `${shown(mean)}${unit} ${range}, ${bestSoFar(objective)} ${shown(said.best)}${unit}`;
  });
  const parts = [`expected ${expected.join(', ')}`, said.phrase];
  if (nearest !== null) {
    const where =
      nearest > far ? ', a region measured rarely' : nearest < near ? ', close to what is known' : '';
    parts.push(`nearest measured point ${readable(100 * nearest, 2)} % away${where}`);
  }
  if (feasible < 0.95)
    parts.push(`failed points nearby: ${Math.round(100 * feasible)} % chance that it can be made`);
  if (withinLimits !== null)
    parts.push(`${Math.round(100 * withinLimits)} % chance that all limits are kept`);
  if (cost !== null) parts.push(`costs ${readable(cost, 3)}`);
  if (believed > 0) {
    parts.push(
      `${believed} point${believed === 1 ? '' : 's'} without a result ${believed === 1 ? 'is' : 'are'} taken as predicted`,
    );
  }
  const [learned] = elsewhere;
  if (learned !== undefined) parts.push(learnedInWords(learned));
  const sentence = parts.join('; ');
  return `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}.`;
}

/** Of the first objective: how the model sees the others is told beside. */
function learnedInWords({ learned, sources }: LearnedElsewhere): string {
  const count = sources.reduce((sum, { results }) => sum + results, 0);
  const results = `${count} result${count === 1 ? '' : 's'} from elsewhere`;
  if (learned === 'alone') return `${results} left aside: without them the own ones are predicted better`;
  if (learned === 'mean') return `${results} tell where to start from`;
  const [strongest = 0] = sources
    .map(({ correlation }) => correlation ?? 0)
    .sort((a, b) => Math.abs(b) - Math.abs(a));
  return Math.abs(strongest) < unrelated
    ? `${results} have no say: they do not go with the own ones`
    : `${results} have a say: they go with the own ones (correlation ${readable(strongest)})`;
}

const unrelated = 0.05;

const bestSoFar = ({ goal }: PlanObjective): string =>
  goal === 'window' ? 'nearest to what is wanted so far' : 'best so far';

/** 0.012, 340 or 1.2 × 10⁻⁵: few digits, and powers of ten where zeros would have to be counted. */
export function readable(value: number, digits = 2): string {
  if (value === 0) return '0';
  const [mantissa = '', exponent = ''] = value.toExponential(digits - 1).split('e');
  const power = Number(exponent);
  if (power >= -2 && power <= 3) return String(Number(value.toPrecision(Math.max(digits, power + 1))));
  return `${String(Number(mantissa))} × 10${superscript(power)}`;
}

const superscript = (power: number): string =>
  String(power).replace(/./g, (c) => (c === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(c))));
