/**
 * Pellets of ten well-known electrolytes, measured by impedance at eight temperatures: resistances with 2 % of error, thickness to 0.01 mm, diameter to 0.02 mm.
 * σ at 25 °C and activation energies are of the size that reviews quote (that of Li10GeP2S12: 12 mS/cm and 0.226 eV); they are the truth here.
 */
import { boltzmannEvPerK } from '@ionloop/chemistry';
import { exp } from '@ionloop/linalg';

const usual = [25, 40, 55, 70, 85, 100, 115, 130];
const hot = [200, 220, 240, 260, 280, 300, 320, 340];

export const materials = [
  { name: 'Li10GeP2S12', sigma25: 1.2e-2, ev: 0.226, celsius: [-20, -5, 10, 25, 40, 55, 70, 85] },
  { name: 'Li6PS5Cl', sigma25: 1.9e-3, ev: 0.33, celsius: usual },
  { name: 'Li7P3S11', sigma25: 3.2e-3, ev: 0.19, celsius: usual },
  { name: 'Li1.3Al0.3Ti1.7(PO4)3', sigma25: 7e-4, ev: 0.35, celsius: usual },
  { name: 'Li7La3Zr2O12', sigma25: 3e-4, ev: 0.31, celsius: usual },
  { name: 'Li3YCl6', sigma25: 5e-4, ev: 0.4, celsius: usual },
  { name: 'Li0.5La0.5TiO3', sigma25: 1e-3, ev: 0.35, celsius: usual, break: { celsius: 85, ev: 0.21 } },
  { name: 'Li3N', sigma25: 6e-3, ev: 0.28, celsius: usual },
  { name: 'LiPON', sigma25: 2e-6, ev: 0.55, celsius: usual },
  { name: 'Li14ZnGe4O16', sigma25: 1.5e-7, ev: 0.56, celsius: hot },
];

/** σ in S/cm; above a break the barrier is another, as where a conduction path opens. */
export function sigmaAt({ sigma25, ev, break: bend }, celsius) {
  const kelvin = celsius + 273.15;
  const along = (from, to, barrier) => (from / to) * exp((-barrier / boltzmannEvPerK) * (1 / to - 1 / from));
  if (bend === undefined || celsius <= bend.celsius) return sigma25 * along(298.15, kelvin, ev);
  const at = bend.celsius + 273.15;
  return sigma25 * along(298.15, at, ev) * along(at, kelvin, bend.ev);
}

const relative = { resistance: 0.02 };
const absolute = { thicknessMm: 0.01, diameterMm: 0.02 };

/** What the instruments say of one pellet: geometry once, a resistance at each temperature. */
export function measurePellet(material, rng) {
  const [thickness, diameter] = [0.9 + 0.3 * rng.uniform(), 10];
  const areaCm2 = Math.PI * (diameter / 20) ** 2;
  return {
    thickness: {
      value: thickness + absolute.thicknessMm * rng.normal(),
      unit: 'mm',
      error: absolute.thicknessMm,
    },
    diameter: {
      value: diameter + absolute.diameterMm * rng.normal(),
      unit: 'mm',
      error: absolute.diameterMm,
    },
    resistances: material.celsius.map((celsius) => {
      const ohm = thickness / 10 / (areaCm2 * sigmaAt(material, celsius));
      return {
        value: ohm * (1 + relative.resistance * rng.normal()),
        unit: 'Ω',
        error: relative.resistance * ohm,
      };
    }),
  };
}
