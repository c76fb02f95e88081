/** How many of a unit make one of the first, and what the unit says where the first says 0. */
export interface Unit {
  readonly name: string;
  readonly per: number;
  readonly zero: number;
}

export interface Definition {
  readonly title: string;
  /** The plausible range is stated in the first. */
  readonly units: readonly Unit[];
  readonly plausible: { readonly min: number; readonly max: number };
  readonly positive: boolean;
}

const units = (...rows: readonly (readonly [name: string, per: number, zero?: number])[]): readonly Unit[] =>
  rows.map(([name, per, zero = 0]) => ({ name, per, zero }));

const conductivity = units(['S/cm', 1], ['mS/cm', 1e3], ['µS/cm', 1e6], ['S/m', 100], ['mS/m', 1e5]);
const length = units(['cm', 1], ['mm', 10], ['µm', 1e4], ['nm', 1e7], ['m', 1e-2]);

export const definitions: Readonly<Record<string, Definition>> = {
  ionic_conductivity: {
    title: 'ionic conductivity',
    units: conductivity,
    plausible: { min: 1e-16, max: 1e2 },
    positive: true,
  },
  electronic_conductivity: {
    title: 'electronic conductivity',
    units: conductivity,
    plausible: { min: 1e-20, max: 1e6 },
    positive: true,
  },
  activation_energy: {
    title: 'activation energy',
    // Avogadro's number times the elementary charge, both exact since 2019; a calorie is 4.184 J.
    units: units(['eV', 1], ['meV', 1000], ['kJ/mol', 96.48533212331], ['kcal/mol', 96.48533212331 / 4.184]),
    plausible: { min: 1e-3, max: 10 },
    positive: true,
  },
  relative_density: {
    title: 'relative density',
    units: units(['1', 1], ['%', 100]),
    plausible: { min: 1e-2, max: 1.05 },
    positive: true,
  },
  density: {
    title: 'density',
    units: units(['g/cm³', 1], ['kg/m³', 1000], ['g/mL', 1]),
    plausible: { min: 1e-4, max: 25 },
    positive: true,
  },
  temperature: {
    title: 'temperature',
    units: units(['K', 1], ['°C', 1, -273.15], ['°F', 1.8, -459.67]),
    plausible: { min: 1e-3, max: 1e4 },
    positive: true,
  },
  voltage: {
    title: 'voltage',
    units: units(['V', 1], ['mV', 1000]),
    plausible: { min: -100, max: 100 },
    positive: false,
  },
  current_density: {
    title: 'current density',
    units: units(['mA/cm²', 1], ['A/m²', 10], ['µA/cm²', 1000], ['A/cm²', 1e-3]),
    plausible: { min: -1e5, max: 1e5 },
    positive: false,
  },
  resistance: {
    title: 'resistance',
    units: units(['Ω', 1], ['kΩ', 1e-3], ['MΩ', 1e-6], ['GΩ', 1e-9], ['mΩ', 1e3]),
    plausible: { min: 1e-6, max: 1e16 },
    positive: true,
  },
  thickness: {
    title: 'thickness',
    units: length,
    plausible: { min: 1e-8, max: 100 },
    positive: true,
  },
  area: {
    title: 'area',
    units: units(['cm²', 1], ['mm²', 100], ['µm²', 1e8], ['m²', 1e-4]),
    plausible: { min: 1e-10, max: 1e4 },
    positive: true,
  },
  time: {
    title: 'time',
    units: units(['s', 1], ['min', 1 / 60], ['h', 1 / 3600], ['d', 1 / 86400], ['ms', 1000]),
    plausible: { min: 1e-12, max: 1e10 },
    positive: true,
  },
  mass: {
    title: 'mass',
    units: units(['g', 1], ['mg', 1000], ['µg', 1e6], ['kg', 1e-3]),
    plausible: { min: 1e-9, max: 1e6 },
    positive: true,
  },
  pressure: {
    title: 'pressure',
    // An atmosphere is 101325 Pa; a torr is its 760th part.
    units: units(
      ['MPa', 1],
      ['Pa', 1e6],
      ['kPa', 1e3],
      ['GPa', 1e-3],
      ['bar', 10],
      ['mbar', 1e4],
      ['atm', 1 / 0.101325],
      ['Torr', 760 / 0.101325],
    ),
    plausible: { min: 1e-18, max: 1e7 },
    positive: true,
  },
  value: {
    title: 'value',
    units: units(['1', 1], ['', 1]),
    plausible: { min: -Infinity, max: Infinity },
    positive: false,
  },
};

/** A unit may be written with m2 for m², u or either µ for micro, ohm for Ω, ℃ for °C. */
export const unitKey = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/ohms?$/iu, 'Ω')
    .replace(/^u(?=[A-ZΩa-z])/u, 'μ');
