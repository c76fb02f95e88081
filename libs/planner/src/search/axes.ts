import type { ParameterSpec, Point } from '@ionloop/domain';
import { exp, log } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';
import { allowed } from './hold.js';

/** A direction in which a point can be moved by a share of the range. */
export interface Axis {
  readonly name: string;
  moved(point: Point, by: number): Point;
}

/** The numbers of a space, and for a mixture the exchange of two of its components; not of the parameter `fixed`. */
export function axesOf({ spec: { parameters } }: Space, fixed: string | undefined): readonly Axis[] {
  return parameters.filter(({ name }) => name !== fixed).flatMap(axesOfParameter);
}

function axesOfParameter(parameter: ParameterSpec): readonly Axis[] {
  const { name } = parameter;
  if (parameter.kind === 'continuous' && parameter.step === undefined) {
    const { min, max, scale } = parameter;
    const [low, high] = scale === 'log' ? [log(min), log(max)] : [min, max];
    const to = (value: number): number => (scale === 'log' ? log(value) : value);
    const from = (value: number): number => (scale === 'log' ? exp(value) : value);
    return [
      {
        name,
        moved: (point, by) => ({
          ...point,
          [name]: Number(from(to(point[name] as number) + by * (high - low)).toPrecision(4)),
        }),
      },
    ];
  }
  if (parameter.kind !== 'mixture') return [];
  const step = parameter.step ?? 0.0001;
  return parameter.components.flatMap((a, i) =>
    parameter.components.slice(i + 1).map((b): Axis => ({
      name: `${a.name} for ${b.name}`,
      moved: (point, by) => {
        const fractions = point[name] as Readonly<Record<string, number>>;
        const change = Math.round(by / step) * step;
        const rounded = (value: number): number => Number((Math.round(value / step) * step).toFixed(10));
        return {
          ...point,
          [name]: {
            ...fractions,
            [a.name]: rounded(fractions[a.name]! + change),
            [b.name]: rounded(fractions[b.name]! - change),
          },
        };
      },
    })),
  );
}

/** Settings on a line, or a plate of two axes, with `centre` among them and as evenly to its sides as the space allows. */
export function settingsAround(
  space: Space,
  centre: Point,
  axes: readonly Axis[],
  spacing: number,
  count: number,
): readonly Point[] {
  const reach = axes.length === 1 ? count : Math.ceil(Math.sqrt(count));
  const places = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
  const steps = axes.reduce<readonly (readonly number[])[]>(
    (before) => before.flatMap((head) => places.map((place) => [...head, place])),
    [[]],
  );
  const far = (step: readonly number[]): number => Math.max(...step.map(Math.abs));
  const length = (step: readonly number[]): number => step.reduce((sum, place) => sum + place * place, 0);
  const found = new Map<string, Point>();
  for (const step of steps.toSorted((a, b) => far(a) - far(b) || length(a) - length(b))) {
    const moved = axes.reduce((point, axis, k) => axis.moved(point, step[k]! * spacing), centre);
    const point = allowed(space, moved);
    if (point !== undefined) found.set(space.key(point), point);
  }
  return [...found.values()];
}
