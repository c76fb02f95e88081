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

/** Names that every solid-state lab knows; what they conduct is the campaign's to find. */
const conductors = [
  'Li7La3Zr2O12',
  'Li6.4La3Zr1.4Ta0.6O12',
  'Li6.75La3Zr1.75Nb0.25O12',
  'Li5La3Ta2O12',
  'Li0.34La0.56TiO3',
  'Li1.3Al0.3Ti1.7(PO4)3',
  'Li1.5Al0.5Ge1.5(PO4)3',
  'LiZr2(PO4)3',
  'Li3PO4',
  'Li4SiO4',
  'Li3.5Si0.5P0.5O4',
  'Li14ZnGe4O16',
  'Li3PS4',
  'Li7P3S11',
  'Li6PS5Cl',
  'Li6PS5Br',
  'Li6PS5I',
  'Li10GeP2S12',
  'Li3.25Ge0.25P0.75S4',
  'Li3YCl6',
  'Li3InCl6',
  'Li3ScCl6',
  'Li3YBr6',
  'Li3N',
  'LiBH4',
] as const;

export const campaignTemplates: readonly CampaignTemplate[] = [
  {
    key: 'ternary-electrolyte',
    title: 'Ternary solid electrolyte',
    description:
      'Which mixture of Li3PO4, Li3BO3 and Li2SO4 conducts lithium best at 300 °C? The literature found 25 : 14 : 61 with 4.9 × 10⁻⁴ S/cm (Homma 2020).',
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
    key: 'doped-garnet',
    title: 'Doped garnet',
    description:
      'Which dopant on the zirconium site, how much of it, and how is it sintered? Published best of LLZO with tantalum: 1.0 × 10⁻³ S/cm (Li6.4La3Zr1.4Ta0.6O12, Li et al. 2012).',
    input: {
      name: 'Doped LLZO',
      description:
        'Dopant and its amount per formula unit, lithium excess, sintering; lithium leaves hot, long runs.',
      space: {
        parameters: [
          { kind: 'categorical', name: 'dopant', choices: ['Ta', 'Nb', 'W', 'Sb'] },
          { kind: 'continuous', name: 'amount', min: 0.1, max: 1, step: 0.05, unit: 'per formula' },
          { kind: 'continuous', name: 'lithium excess', min: 5, max: 25, step: 5, unit: '%' },
          { kind: 'continuous', name: 'sintering temperature', min: 1000, max: 1250, step: 10, unit: '°C' },
          {
            kind: 'levels',
            name: 'sintering time',
            levels: [1, 2, 4, 8, 16, 24, 36],
            scale: 'log',
            unit: 'h',
          },
        ],
        constraints: [
          {
            kind: 'forbidden',
            name: 'lithium left behind',
            when: [
              { of: 'sintering temperature', above: 1200 },
              { of: 'sintering time', min: 16 },
            ],
          },
          {
            kind: 'forbidden',
            name: 'tungsten takes two lithium',
            when: [
              { of: 'dopant', is: ['W'] },
              { of: 'amount', above: 0.5 },
            ],
          },
        ],
      },
      objective: conductivity(25),
      strategy: 'auto',
      initial: 12,
      budget: 60,
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
      description: '800 to 1100 °C, 10 to 540 minutes; published best 1.1 × 10⁻³ S/cm (data of Zhao et al.).',
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
  {
    key: 'pool',
    title: 'Pool from a table',
    description:
      'A list of candidates that can be bought or made, known by their formulas: here lithium conductors of the literature. Bring your own as a CSV.',
    input: {
      name: 'Lithium conductors of the literature',
      description: 'Each candidate is known by the elements and the descriptors of its formula.',
      space: {
        parameters: [
          {
            kind: 'pool',
            name: 'candidate',
            features: [{ name: 'composition', kind: 'formula' }],
            candidates: conductors.map((formula) => ({ id: formula, values: [formula] })),
          },
        ],
      },
      objective: conductivity(25),
      strategy: 'auto',
      initial: 5,
      budget: 15,
      parallel: 2,
      approval: 'manual',
    },
  },
];
