import {
  type AnalysisInput,
  invalidInput,
  type ParameterSpec,
  type PlanRequest,
  type Proposal,
  type SpaceSpec,
  type WhatIfBounds,
  type WhatIfRequest,
} from '@ionloop/domain';
import { openSpace, parseSpaceSpec } from '@ionloop/space';
import { plan } from '../plan.js';

export interface WhatIf {
  readonly proposals: readonly Proposal[];
  readonly model: string | null;
  /** Results that models of the changed space do not see, beyond its bounds or of choices that it has not, and were not learned from. */
  readonly leftOut: readonly number[];
}

/** The next batch under other terms. */
export function whatIf(request: WhatIfRequest, { plan: asked, numbers }: AnalysisInput): WhatIf {
  const spec = withBounds(request.space ?? asked.space, request.bounds);
  const space = openSpace(spec);
  // As a campaign of that space would: a recipe between two steps is seen, a number beyond its bounds is not.
  const seen = asked.observations.map(({ point }) => space.sees(point));
  const changed: PlanRequest = {
    ...asked,
    space: spec,
    objectives: turned(asked.objectives, request.goal ?? null),
    strategy: { ...asked.strategy, ...request.strategy },
    count: request.count,
    seed: request.seed,
    observations: asked.observations.filter((_, i) => seen[i]),
    failures: asked.failures.filter((point) => space.sees(point)),
    pending: asked.pending.filter((point) => space.sees(point)),
  };
  const { proposals, model } = plan(changed);
  return { proposals, model: model?.kind ?? null, leftOut: numbers.filter((_, i) => !seen[i]) };
}

type Objectives = PlanRequest['objectives'];

function turned([first, ...others]: Objectives, goal: 'maximise' | 'minimise' | null): Objectives {
  if (goal === null) return [first, ...others];
  const { property, transform, unit, temperatureC } = first;
  return [
    { property, transform, unit, goal, ...(temperatureC !== undefined && { temperatureC }) },
    ...others,
  ];
}

function withBounds(spec: SpaceSpec, bounds: readonly WhatIfBounds[]): SpaceSpec {
  let changed = spec;
  bounds.forEach((bound, i) => {
    const before = changed;
    changed = {
      ...changed,
      parameters: changed.parameters.map((parameter) => bounded(parameter, bound)),
    };
    if (changed.parameters.every((parameter, k) => parameter === before.parameters[k])) {
      throw invalidInput(
        `bounds[${i}].name`,
        `there is no parameter or component "${bound.name}" with bounds`,
      );
    }
  });
  // Read again, so that what makes no sense is named.
  return bounds.length === 0 ? spec : parseSpaceSpec(changed);
}

function bounded(parameter: ParameterSpec, { name, min, max }: WhatIfBounds): ParameterSpec {
  const ends = { ...(min !== null && { min }), ...(max !== null && { max }) };
  if (parameter.kind === 'mixture') {
    const components = parameter.components.map((component) =>
      `${parameter.name}.${component.name}` === name ? { ...component, ...ends } : component,
    );
    return components.some((component, i) => component !== parameter.components[i])
      ? { ...parameter, components }
      : parameter;
  }
  const hasBounds = parameter.kind === 'continuous' || parameter.kind === 'integer';
  return parameter.name === name && hasBounds ? { ...parameter, ...ends } : parameter;
}
