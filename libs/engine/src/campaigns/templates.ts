import type { JsonObject } from '@ionloop/domain';

/** Campaigns to start from, with bounds of the field. */
export interface CampaignTemplate {
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly input: JsonObject;
}

const conductivity = (temperatureC: number): JsonObject => ({
  property: 'ionic_conductivity',
  goal: 'maximise',
  transform: 'log10',
  unit: 'S/cm',
  temperatureC,
});

export const campaignTemplates: readonly CampaignTemplate[] = [
  {
    key: 'ternary-electrolyte',
    title: 'Ternary solid electrolyte',
    description:
      'Which mixture of Li3PO4, Li3BO3 and Li2SO4 conducts lithium best at 300 °C? The literature found 25 : 14 : 61 with 4.9e-4 S/cm (Homma 2020).',
    input: {
      name: 'Li3PO4–Li3BO3–Li2SO4',
      description: 'Lithium conductivity at 300 °C over the ternary, in steps of one percent.',
      space: {
        parameters: [
          {
            kind: 'mixture',
            name: 'composition',
            step: 0.01,
            components: [{ name: 'Li3PO4' }, { name: 'Li3BO3' }, { name: 'Li2SO4' }],
          },
        ],
      },
      objective: conductivity(300),
      strategy: 'auto',
      initial: 8,
      budget: 30,
      parallel: 4,
      approval: 'manual',
    },
  },
  {
    key: 'liquid-electrolyte',
    title: 'Liquid electrolyte',
    description: 'Solvent mixture and salt concentration of a LiPF6 electrolyte, for conductivity at 25 °C.',
    input: {
      name: 'EC–DMC–EMC with LiPF6',
      description: 'Three carbonates and the concentration of the salt.',
      space: {
        parameters: [
          {
            kind: 'mixture',
            name: 'solvent',
            step: 0.05,
            components: [{ name: 'EC', max: 0.6 }, { name: 'DMC' }, { name: 'EMC' }],
          },
          { kind: 'continuous', name: 'LiPF6', min: 0.4, max: 2, unit: 'mol/kg' },
        ],
      },
      objective: conductivity(25),
      strategy: 'auto',
      initial: 10,
      budget: 40,
      parallel: 4,
      approval: 'manual',
    },
  },
  {
    key: 'process-window',
    title: 'Sintering window',
    description:
      'Temperature and time of sintering a LATP pellet: both matter, and they trade off against each other.',
    input: {
      name: 'LATP sintering window',
      description: '800 to 1100 °C, 10 to 540 minutes; published best 1.1e-3 S/cm (data of Zhao et al.).',
      space: {
        parameters: [
          { kind: 'continuous', name: 'sintering temperature', min: 800, max: 1100, unit: '°C' },
          { kind: 'continuous', name: 'sintering time', min: 10, max: 540, scale: 'log', unit: 'min' },
        ],
      },
      objective: conductivity(25),
      strategy: 'auto',
      initial: 6,
      budget: 25,
      parallel: 2,
      approval: 'manual',
    },
  },
];
