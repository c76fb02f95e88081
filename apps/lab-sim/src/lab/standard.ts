import type { LabDescription, StationDescription } from './description.js';

export const standardStation: Omit<StationDescription, 'name'> = {
  properties: [
    'ionic_conductivity',
    'activation_energy',
    'relative_density',
    'electronic_conductivity',
    'value',
  ],
  limits: { temperatureC: [20, 1100] },
  hands: 1,
  seconds: { weigh: 6, mill: 10, press: 4, sinter: 12, contact: 2, measure: 6 },
  scatter: 0.06,
  offset: 0,
  driftPerDay: 0,
};

/** The lab of the demo, in which all goes quickly and next to nothing goes wrong. */
export const standardLab = (stations: readonly string[], failRate: number): LabDescription => ({
  name: 'the standard lab',
  stations: stations.map((name) => ({ name, ...standardStation })),
  furnaces: [],
  consumables: [],
  failures: { anywhere: failRate, region: null },
  outliers: { rate: 0, decades: 1 },
  mistakes: {},
  faults: {},
});
