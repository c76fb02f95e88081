import {
  type AnalysisInput,
  invalidInput,
  IonloopError,
  type ParameterSpec,
  type Point,
  type SliceRequest,
  type SpaceSpec,
} from '@ionloop/domain';
import { exp, log } from '@ionloop/linalg';
import { openSpace } from '@ionloop/space';
import type { Response } from '../knowledge/knowledge.js';
import { meritOf } from '../knowledge/merit.js';
import { openAnalysis } from './open.js';
import { Scale } from './worth.js';

export interface Slice {
  readonly axes: readonly SliceAxis[];
  /** Where the rest is held. */
  readonly at: Point;
  readonly cells: readonly SliceCell[];
}

export interface SliceAxis {
  readonly name: string;
  readonly unit: string | null;
  readonly values: readonly (number | string)[];
}

export interface SliceCell {
  /** One value an axis; of several components, their fractions. */
  readonly coordinates: readonly (number | string)[];
  readonly point: Point;
  /** Null where the space does not allow the point. */
  readonly mean: number | null;
  readonly sd: number | null;
  /** What a result there would be worth, and the probability that it can be made; null where nobody asked. */
  readonly score: number | null;
  readonly feasible: number | null;
}

type MixtureSpec = Extract<ParameterSpec, { readonly kind: 'mixture' }>;

/** What the model believes along one or two parameters, along one component, or over three or four components of a mixture. */
export function slice(request: SliceRequest, input: AnalysisInput): Slice {
  const open = openAnalysis(input);
  const spec = input.plan.space;
  const at = request.at === null ? bestPoint(open.response) : open.space.check(request.at);
  const drawn = drawnCells(spec, request, at);
  const allowed = openSpace(withoutSteps(spec));
  const checked = drawn.cells.map(({ coordinates, point }) => ({
    coordinates,
    point,
    allowed: isAllowed(() => allowed.check(point)),
  }));
  const known = checked.filter((cell) => cell.allowed).map(({ point }) => point);
  const X = known.length === 0 ? null : open.space.encode(known);
  const belief = X && open.model.predict(X);
  const weighed = X && request.worth ? new Scale(open, request.worth).of(X) : null;
  let row = 0;
  const cells = checked.map(({ coordinates, point, allowed: isIn }) => {
    if (!isIn || belief === null) {
      return { coordinates, point, mean: null, sd: null, score: null, feasible: null };
    }
    const cell = {
      coordinates,
      point,
      mean: open.sign * belief.mean[row]! + 0,
      sd: Math.sqrt(belief.variance[row]!),
      score: weighed?.score[row] ?? null,
      feasible: weighed?.feasible[row] ?? null,
    };
    row += 1;
    return cell;
  });
  return { axes: drawn.axes, at, cells };
}

type Drawn = {
  readonly axes: readonly SliceAxis[];
  readonly cells: readonly Pick<SliceCell, 'coordinates' | 'point'>[];
};

function drawnCells(spec: SpaceSpec, { axes, cells }: SliceRequest, at: Point): Drawn {
  const found = axes.map((name) => axisNamed(spec, name));
  const components = found.filter((one) => one.component !== null);
  if (components.length === 0 && (axes.length === 1 || axes.length === 2)) {
    return overParameters(
      found.map(({ parameter }) => axisOf(parameter, cells)),
      at,
    );
  }
  const [first] = components;
  const mixture = first?.parameter;
  if (mixture?.kind === 'mixture' && components.length === axes.length) {
    const names = components.map(({ component }) => component!);
    if (names.length === 1) return alongComponent(mixture, names[0]!, cells, at);
    const same = components.every(({ parameter }) => parameter === mixture);
    const several = names.length === 3 || names.length === 4;
    if (several && same && new Set(names).size === names.length) {
      return overSimplex(mixture, names, cells, at);
    }
  }
  throw invalidInput(
    'axes',
    `axes are ${axes.join(', ')}; a slice is along one or two parameters, one component, or three or four components of one mixture`,
  );
}

function axisNamed(
  { parameters }: SpaceSpec,
  name: string,
): { readonly parameter: ParameterSpec; readonly component: string | null } {
  for (const parameter of parameters) {
    if (parameter.name === name && parameter.kind !== 'mixture') return { parameter, component: null };
    if (parameter.kind !== 'mixture') continue;
    const component = parameter.components.find((one) => `${parameter.name}.${one.name}` === name);
    if (component) return { parameter, component: component.name };
  }
  const known = parameters.flatMap((parameter) =>
    parameter.kind === 'mixture'
      ? parameter.components.map((one) => `${parameter.name}.${one.name}`)
      : [parameter.name],
  );
  throw invalidInput('axes', `there is no axis "${name}"; known are ${known.join(', ')}`);
}

function axisOf(parameter: ParameterSpec, cells: number): SliceAxis {
  const { name } = parameter;
  const unit = 'unit' in parameter ? (parameter.unit ?? null) : null;
  switch (parameter.kind) {
    case 'continuous':
    case 'context':
      return { name, unit, values: between(parameter, cells) };
    case 'integer':
      return { name, unit, values: [...new Set(between(parameter, cells).map(Math.round))] };
    case 'levels':
      return { name, unit, values: parameter.levels };
    case 'categorical':
      return { name, unit, values: parameter.choices };
    case 'pool':
      return { name, unit, values: parameter.candidates.slice(0, cells).map(({ id }) => id) };
    case 'mixture':
      throw invalidInput('axes', `${name} is a mixture; name its components as ${name}.component`);
    default:
      return parameter satisfies never;
  }
}

interface Ends {
  readonly min: number;
  readonly max: number;
  readonly scale?: 'linear' | 'log';
}

function between({ min, max, scale }: Ends, cells: number): readonly number[] {
  return Array.from({ length: cells }, (_, i) => {
    const share = i / (cells - 1);
    if (i === cells - 1) return max;
    return scale === 'log' ? min * exp(share * log(max / min)) : min + share * (max - min);
  });
}

function overParameters(axes: readonly SliceAxis[], at: Point): Drawn {
  const [first, second] = axes;
  const lines = second ? second.values : [null];
  const cells = lines.flatMap((y) =>
    first!.values.map((x) => ({
      coordinates: y === null ? [x] : [x, y],
      point: { ...at, [first!.name]: x, ...(y !== null && second && { [second.name]: y }) },
    })),
  );
  return { axes, cells };
}

type Fractions = { readonly [component: string]: number };

/** The others keep their proportions, or share evenly where there is none of them. */
function alongComponent(mixture: MixtureSpec, name: string, cells: number, at: Point): Drawn {
  const component = mixture.components.find((one) => one.name === name)!;
  const values = between({ min: component.min ?? 0, max: component.max ?? 1 }, cells);
  const held = at[mixture.name] as Fractions;
  const others = mixture.components.map((one) => one.name).filter((one) => one !== name);
  const rest = others.reduce((sum, one) => sum + (held[one] ?? 0), 0);
  const points = values.map((value) => ({
    coordinates: [value],
    point: {
      ...at,
      [mixture.name]: {
        ...Object.fromEntries(
          others.map((one) => [one, (1 - value) * (rest > 0 ? (held[one] ?? 0) / rest : 1 / others.length)]),
        ),
        [name]: value,
      },
    },
  }));
  return { axes: [{ name: `${mixture.name}.${name}`, unit: null, values }], cells: points };
}

/** What the other components leave is shared by those that are named: a triangle of three, a tetrahedron of four. */
function overSimplex(mixture: MixtureSpec, names: readonly string[], cells: number, at: Point): Drawn {
  const held = at[mixture.name] as Fractions;
  const others = mixture.components.map(({ name }) => name).filter((name) => !names.includes(name));
  const left = 1 - others.reduce((sum, name) => sum + (held[name] ?? 0), 0);
  const steps = cells - 1;
  const found = sharesOf(steps, names.length).map((shares) => {
    const coordinates = shares.map((share) => (left * share) / steps);
    const several = Object.fromEntries(names.map((name, k) => [name, coordinates[k]!]));
    return { coordinates, point: { ...at, [mixture.name]: { ...held, ...several } } };
  });
  const values = Array.from({ length: cells }, (_, i) => (left * i) / steps);
  return {
    axes: names.map((name) => ({ name: `${mixture.name}.${name}`, unit: null, values })),
    cells: found,
  };
}

/** All ways to share so many steps among so many components. */
const sharesOf = (steps: number, components: number): readonly (readonly number[])[] =>
  components === 1
    ? [[steps]]
    : Array.from({ length: steps + 1 }, (_, own) =>
        sharesOf(steps - own, components - 1).map((rest) => [own, ...rest]),
      ).flat();

/** Between what a dispenser or an instrument can do, the model believes something too. */
const withoutSteps = (spec: SpaceSpec): SpaceSpec => ({
  ...spec,
  parameters: spec.parameters.map((parameter) => {
    if (parameter.kind !== 'continuous' && parameter.kind !== 'mixture') return parameter;
    const fields = Object.entries(parameter).filter(([field]) => field !== 'step');
    return Object.fromEntries(fields) as unknown as ParameterSpec;
  }),
});

function isAllowed(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (error instanceof IonloopError) return false;
    throw error;
  }
}

function bestPoint({ data, points, window }: Response): Point {
  const merits = data.y.map((value) => meritOf(value, window));
  const best = merits.reduce((most, merit, i) => (merit > merits[most]! ? i : most), 0);
  return points[best]!;
}
