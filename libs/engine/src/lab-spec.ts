import {
  type AskedProperty,
  askedOf,
  type Campaign,
  type Experiment,
  hashOf,
  type JsonObject,
  type Point,
} from '@ionloop/domain';
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
  /** All that is to be measured, the above first; left out where that is all. */
  readonly properties?: readonly LabProperty[];
}

export interface LabProperty {
  readonly property: string;
  readonly unit: string;
  readonly temperatureC?: number;
}

export function labSpecs(campaign: Campaign): (experiment: Pick<Experiment, 'number' | 'point'>) => LabSpec {
  const space = openSpace(campaign.space);
  const asked = askedOf(campaign);
  const [first] = asked;
  return ({ number, point }) => ({
    campaignId: campaign.id,
    experiment: number,
    point,
    label: space.describe(point),
    ...propertyOf(first),
    ...(asked.length > 1 && { properties: asked.map(propertyOf) }),
  });
}

const propertyOf = ({ property, unit, temperatureC }: AskedProperty): LabProperty => ({
  property,
  unit,
  ...(temperatureC === undefined ? {} : { temperatureC }),
});

export const specHashOf = (spec: LabSpec): string => hashOf(spec);

export const specAsJson = (spec: LabSpec): JsonObject => ({ ...spec }) as unknown as JsonObject;
