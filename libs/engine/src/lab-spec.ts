import { type Campaign, type Experiment, hashOf, type JsonObject, type Point } from '@ionloop/domain';
import { openSpace } from '@ionloop/space';

/** What a lab is asked to do, word for word: approval and start are bound to its hash. */
export interface LabSpec {
  readonly campaignId: string;
  readonly experiment: number;
  readonly point: Point;
  readonly label: string;
  readonly property: string;
  readonly unit: string;
  readonly temperatureC?: number;
}

export function labSpecs(campaign: Campaign): (experiment: Pick<Experiment, 'number' | 'point'>) => LabSpec {
  const space = openSpace(campaign.space);
  const [objective] = campaign.objectives;
  return ({ number, point }) => ({
    campaignId: campaign.id,
    experiment: number,
    point,
    label: space.describe(point),
    property: objective.property,
    unit: objective.unit,
    ...(objective.temperatureC === undefined ? {} : { temperatureC: objective.temperatureC }),
  });
}

export const specHashOf = (spec: LabSpec): string => hashOf(spec);

export const specAsJson = (spec: LabSpec): JsonObject => ({ ...spec, point: spec.point });
