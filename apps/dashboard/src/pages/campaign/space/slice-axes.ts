import { dimensionsOf, type Dimension, type Mixture, type Space } from '../../../api/space.js';

/** Something that a slice can be drawn along: a parameter, or a component of a mixture. */
export interface SliceAxis {
  /** As the API calls it. */
  readonly key: string;
  readonly dimension: Dimension;
  /** The mixture that it is a component of. */
  readonly mixture: string | null;
}

export const sliceAxes = (space: Space): readonly SliceAxis[] =>
  space.flatMap((parameter): readonly SliceAxis[] => {
    switch (parameter.kind) {
      case 'continuous':
      case 'integer':
      case 'levels':
        return dimensionsOf([parameter]).map((dimension) => ({
          key: parameter.name,
          dimension,
          mixture: null,
        }));
      case 'mixture':
        return componentAxes(parameter);
      case 'categorical':
      case 'pool':
      case 'context':
        return [];
    }
  });

const componentAxes = (mixture: Mixture): readonly SliceAxis[] =>
  dimensionsOf([mixture]).map((dimension) => ({
    key: `${mixture.name}.${dimension.name}`,
    dimension,
    mixture: mixture.name,
  }));

/** A tetrahedron is offered of so many components; of more, the list of them would be long. */
const mostForFour = 8;

/** What may be drawn across a first axis: nothing, another parameter, or two or three more components of its mixture. */
export function across(axes: readonly SliceAxis[], first: SliceAxis): readonly (readonly SliceAxis[])[] {
  const others = axes.filter(({ key, mixture }) => key !== first.key && mixture === first.mixture);
  if (first.mixture === null) return [[], ...others.map((other) => [other])];
  const threes = others.length < mostForFour ? ofSize(others, 3) : [];
  return [[], ...ofSize(others, 2), ...threes];
}

const ofSize = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  size === 0
    ? [[]]
    : all.flatMap((one, i) => ofSize(all.slice(i + 1), size - 1).map((rest) => [one, ...rest]));

/** What shows most beside a first axis: a mixture of four is drawn whole. */
export function usualSlice(axes: readonly SliceAxis[], first: SliceAxis): readonly SliceAxis[] {
  const choices = across(axes, first);
  const whole = choices.length === 5 ? choices.find((own) => own.length === 3) : undefined;
  return [first, ...(whole ?? choices[1] ?? [])];
}

/** The slice of an address, as far as the space has it; else the first that shows most. */
export function chosenSlice(axes: readonly SliceAxis[], keys: readonly string[]): readonly SliceAxis[] {
  const asked = keys.map((key) => axes.find((axis) => axis.key === key));
  const [first, ...rest] = asked;
  if (first && asked.every((axis) => axis !== undefined)) {
    const wanted = rest.map((axis) => axis?.key).join(' ');
    const found = across(axes, first).find((own) => own.map(({ key }) => key).join(' ') === wanted);
    if (found) return [first, ...found];
  }
  const [start] = axes;
  return start ? usualSlice(axes, start) : [];
}
