import type { Measurement, Result } from '@ionloop/lab-client';

/** What a lab really does wrong with a value, and what can be expected to become of it. */
export const mistakes = {
  'milli-forgotten': {
    ends: 'accepted',
    words: 'read in mS/cm, handed in as S/cm: a thousand times too high',
  },
  'unknown-unit': { ends: 'refused', words: 'handed in with a unit that does not exist' },
  'thickness-in-mm': {
    ends: 'accepted',
    words: 'a thickness in mm where cm were asked for: ten times too high',
  },
  'decimal-slip': { ends: 'accepted', words: 'the decimal point one place off: ten times too low' },
  'wrong-temperature': {
    ends: 'flagged',
    words: 'measured 50 °C away from where it was asked for, and said so',
  },
  'negative-resistance': { ends: 'refused', words: 'the leads were swapped: a resistance below zero' },
  'not-a-number': { ends: 'refused', words: 'the fit did not converge: no number came out' },
  'wrong-property': { ends: 'refused', words: 'handed in under the name of another property' },
  'poor-fit': { ends: 'flagged', words: 'a circuit 30 % away from its spectrum' },
  'own-doubt': { ends: 'flagged', words: 'the operator saw that the contact was loose, and said so' },
} as const satisfies Readonly<Record<string, { ends: 'refused' | 'flagged' | 'accepted'; words: string }>>;

export type MistakeKind = keyof typeof mistakes;
export const mistakeKinds = Object.keys(mistakes) as readonly MistakeKind[];

interface Loose {
  property: string;
  value?: number | null;
  unit?: string;
  temperatureC?: number;
  suspect?: string;
  uncertainty?: number;
  impedance?: { resistanceOhm: number | null; thicknessCm: number; areaCm2: number; residual?: number };
}

/** The result as it is handed in by who makes this mistake; null where there is nothing to make it with. */
export function mistaken(kind: MistakeKind, result: Result, temperatureC: number): Result | null {
  const [right, ...others] = result.measurements;
  if (right === undefined) return null;
  const wrong = { ...structuredClone(right) } as Loose;
  if (!spoil(kind, wrong, temperatureC)) return null;
  return { ...result, measurements: [wrong as unknown as Measurement, ...others] };
}

function spoil(kind: MistakeKind, wrong: Loose, temperatureC: number): boolean {
  const { impedance } = wrong;
  switch (kind) {
    case 'milli-forgotten':
      if (!impedance || impedance.resistanceOhm === null) return false;
      wrong.value = (1000 * impedance.thicknessCm) / (impedance.resistanceOhm * impedance.areaCm2);
      wrong.unit = 'S/cm';
      delete wrong.impedance;
      delete wrong.uncertainty;
      return true;
    case 'unknown-unit':
      wrong.value = 1;
      wrong.unit = 'Siemens per length';
      delete wrong.impedance;
      return true;
    case 'thickness-in-mm':
      if (!impedance) return false;
      impedance.thicknessCm *= 10;
      return true;
    case 'decimal-slip':
      if (impedance?.resistanceOhm) impedance.resistanceOhm *= 10;
      else wrong.value = (wrong.value ?? 0) / 10;
      return true;
    case 'wrong-temperature':
      wrong.temperatureC = temperatureC + 50;
      return true;
    case 'negative-resistance':
      if (!impedance || impedance.resistanceOhm === null) return false;
      impedance.resistanceOhm = -impedance.resistanceOhm;
      return true;
    case 'not-a-number':
      if (impedance) impedance.resistanceOhm = null;
      else wrong.value = null;
      return true;
    case 'wrong-property':
      wrong.property = 'lattice_constant';
      return true;
    case 'poor-fit':
      if (!impedance) return false;
      impedance.residual = 0.3;
      return true;
    case 'own-doubt':
      wrong.suspect = 'the contact was loose';
      return true;
  }
}
