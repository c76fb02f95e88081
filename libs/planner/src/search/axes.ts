import type {
  ContinuousSpec,
  IntegerSpec,
  LevelsSpec,
  MixtureSpec,
  ParameterSpec,
  Point,
} from '@ionloop/domain';
import { exp, log } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';
import { allowed } from './hold.js';

/** A direction in which a point can be moved: so many `places`, which are `spacing` of the range apart, or the nearest whole steps to it, one at least. */
export interface Axis {
  readonly name: string;
  moved(point: Point, places: number, spacing: number): Point;
}

/** The numbers of a space, and for a mixture the exchange of two of its components; not of the parameter `fixed`. */
export function axesOf({ spec: { parameters } }: Space, fixed: string | undefined): readonly Axis[] {
  return parameters.filter(({ name }) => name !== fixed).flatMap(axesOfParameter);
}

const { max, round } = Math;

function axesOfParameter(parameter: ParameterSpec): readonly Axis[] {
  switch (parameter.kind) {
    case 'continuous':
      return [parameter.step === undefined ? freeAxis(parameter) : steppedAxis(parameter, parameter.step)];
    case 'integer':
      return [steppedAxis(parameter, 1)];
    case 'levels':
      return [levelsAxis(parameter)];
    case 'mixture':
      return exchanges(parameter);
    default:
      return [];
  }
}

function freeAxis({ name, min: least, max: most, scale }: ContinuousSpec): Axis {
  const [low, high] = scale === 'log' ? [log(least), log(most)] : [least, most];
  const to = (value: number): number => (scale === 'log' ? log(value) : value);
  const from = (value: number): number => (scale === 'log' ? exp(value) : value);
  return {
    name,
    moved: (point, places, spacing) => ({
      ...point,
      [name]: Number(from(to(point[name] as number) + places * spacing * (high - low)).toPrecision(4)),
    }),
  };
}

function steppedAxis({ name, min: least, max: most }: ContinuousSpec | IntegerSpec, step: number): Axis {
  return {
    name,
    moved: (point, places, spacing) => {
      const at = round(((point[name] as number) - least) / step);
      const steps = at + places * wholeSteps(spacing * (most - least), step);
      return { ...point, [name]: Number((least + steps * step).toPrecision(12)) };
    },
  };
}

/** Beyond the last level is nowhere: no space allows what is no number. */
function levelsAxis({ name, levels }: LevelsSpec): Axis {
  return {
    name,
    moved: (point, places, spacing) => {
      const at =
        levels.indexOf(point[name] as number) + places * wholeSteps(spacing * (levels.length - 1), 1);
      return { ...point, [name]: levels[at] ?? NaN };
    },
  };
}

function exchanges({ name, components, step = 0.0001 }: MixtureSpec): readonly Axis[] {
  return components.flatMap((a, i) =>
    components.slice(i + 1).map((b): Axis => ({
      name: `${a.name} for ${b.name}`,
      moved: (point, places, spacing) => {
        const fractions = point[name] as Readonly<Record<string, number>>;
        const change = places * wholeSteps(spacing, step) * step;
        const rounded = (value: number): number => Number((round(value / step) * step).toFixed(10));
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

const wholeSteps = (distance: number, step: number): number => max(1, round(distance / step));

/** Settings on a line, or a plate of two axes, with `centre` among them and as evenly to its sides as the space allows. */
export function settingsAround(
  space: Space,
  centre: Point,
  axes: readonly Axis[],
  spacing: number,
  count: number,
): readonly Point[] {
  // Twice as far as there must be room: some settings on the way may be taken.
  const reach = 2 * (axes.length === 1 ? count : Math.ceil(Math.sqrt(count)));
  const places = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
  const steps = axes.reduce<readonly (readonly number[])[]>(
    (before) => before.flatMap((head) => places.map((place) => [...head, place])),
    [[]],
  );
  const far = (step: readonly number[]): number => Math.max(...step.map(Math.abs));
  const length = (step: readonly number[]): number => step.reduce((sum, place) => sum + place * place, 0);
  const found = new Map<string, Point>();
  for (const step of steps.toSorted((a, b) => far(a) - far(b) || length(a) - length(b))) {
    const moved = axes.reduce((point, axis, k) => axis.moved(point, step[k]!, spacing), centre);
    const point = allowed(space, moved);
    if (point !== undefined) found.set(space.key(point), point);
  }
  return [...found.values()];
}
