import { fromModelScale } from '@ionloop/chemistry';
import type { Objective } from '@ionloop/domain';

export interface Grounds {
  readonly phrase: string;
  /** On the models' scale, in the property's own direction. */
  readonly prediction: { readonly mean: number; readonly sd: number };
  /** The best measured value, likewise. */
  readonly best: number;
  /** As a share of the range; null where nothing has been measured. */
  readonly nearest: number | null;
  /** 1 where no failure warns. */
  readonly feasible: number;
  /** How many points without a result were taken as predicted. */
  readonly believed: number;
}

const far = 0.15;
const near = 0.05;

/** Why this experiment, for a scientist. */
export function reasonFor(objective: Objective, grounds: Grounds): string {
  const { prediction, nearest, feasible, believed, best } = grounds;
  const { mean, sd } = prediction;
  const shown = (value: number): string => readable(fromModelScale(value, objective.transform));
  const unit = objective.unit === '' || objective.unit === '1' ? '' : ` ${objective.unit}`;
  const parts = [
    `expected ${shown(mean)}${unit} (95 %: ${shown(mean - 2 * sd)} … ${shown(mean + 2 * sd)}), best so far ${shown(best)}${unit}`,
    grounds.phrase,
  ];
  if (nearest !== null) {
    const where =
      nearest > far ? ', a region measured rarely' : nearest < near ? ', close to what is known' : '';
    parts.push(`nearest measured point ${readable(100 * nearest, 2)} % away${where}`);
  }
  if (feasible < 0.95)
    parts.push(`failed points nearby: ${Math.round(100 * feasible)} % chance that it can be made`);
  if (believed > 0) {
    parts.push(
      `${believed} point${believed === 1 ? '' : 's'} without a result ${believed === 1 ? 'is' : 'are'} taken as predicted`,
    );
  }
  const sentence = parts.join('; ');
  return `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}.`;
}

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
