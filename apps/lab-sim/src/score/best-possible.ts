import type { Spec } from '@ionloop/lab-client';
import { Philox } from '@ionloop/linalg';
import { openSpace, parseSpaceSpec } from '@ionloop/space';
import { trueValue } from '../sample.js';
import type { CampaignView } from './campaign.js';

export interface Best {
  readonly value: number;
  readonly point: Spec['point'];
  /** Every point was looked at; otherwise many were, and from the best of them uphill. */
  readonly certain: boolean;
}

const most = 50_000;
const climbers = 20;
const steps = 60;

/** The best that the campaign's space holds, by the truth. */
export function bestPossible({ space, objective }: CampaignView): Best {
  const { property, unit, goal, temperatureC } = objective;
  const sign = goal === 'minimise' ? -1 : 1;
  const truthOf = (point: Spec['point']): number =>
    trueValue({
      campaignId: '',
      experiment: 0,
      point,
      label: '',
      property,
      unit,
      ...(temperatureC === null ? {} : { temperatureC }),
    });
  const better = (a: Spec['point'], b: Spec['point']): Spec['point'] =>
    sign * truthOf(b) > sign * truthOf(a) ? b : a;
  const opened = openSpace(parseSpaceSpec(space));
  const certain = opened.size !== null && opened.size <= most;
  const rng = Philox.fromSeed('the best possible');
  const points = (certain ? opened.enumerate() : opened.sample(most, rng)) as readonly Spec['point'][];
  const [first] = points;
  if (first === undefined) throw new Error('the space of the campaign is empty');
  if (certain) {
    const point = points.reduce(better, first);
    return { value: truthOf(point), point, certain };
  }
  const starts = [...points].sort((a, b) => sign * (truthOf(b) - truthOf(a))).slice(0, climbers);
  const tops = starts.map((start) => {
    let top = start;
    for (let step = 0; step < steps; step++) {
      top = (opened.neighbours(top, rng, 20) as readonly Spec['point'][]).reduce(better, top);
    }
    return top;
  });
  const point = tops.reduce(better, first);
  return { value: truthOf(point), point, certain };
}
