import { describe, expect, it } from '@jest/globals';
import { activationEnergy, conductivityTruth, type Ternary } from '../src/physics.js';

const lattice: Ternary[] = [];
for (let p = 0; p <= 100; p += 1) {
  for (let b = 0; p + b <= 100; b += 1) {
    lattice.push({ Li3PO4: p / 100, Li3BO3: b / 100, Li2SO4: (100 - p - b) / 100 });
  }
}
const at = (p: number, b: number, s: number): Ternary => ({ Li3PO4: p, Li3BO3: b, Li2SO4: s });

describe('the truth of the simulated lab', () => {
  it('is best where the literature found it: near 25 : 14 : 61, 4.9e-4 S/cm at 300 °C', () => {
    const best = lattice.reduce((a, b) => (conductivityTruth(b, 300) > conductivityTruth(a, 300) ? b : a));
    expect(Math.abs(best.Li3PO4 - 0.25)).toBeLessThanOrEqual(0.03);
    expect(Math.abs(best.Li3BO3 - 0.14)).toBeLessThanOrEqual(0.03);
    expect(conductivityTruth(best, 300)).toBeGreaterThan(4.7e-4);
    expect(conductivityTruth(best, 300)).toBeLessThan(5.2e-4);
  });

  it('has a second region that misleads, lower and apart from the first', () => {
    const second = conductivityTruth(at(0.6, 0.3, 0.1), 300);
    const between = conductivityTruth(at(0.42, 0.22, 0.36), 300);
    expect(second).toBeGreaterThan(2 * between);
    expect(second).toBeLessThan(1e-4);
  });

  it('has a background far below both, and no other summit of any height', () => {
    const around = (x: Ternary): Ternary[] =>
      [
        [1, -1, 0],
        [1, 0, -1],
        [0, 1, -1],
      ]
        .flatMap(([p, b, s]) => [1, -1].map((sign) => [p! * sign, b! * sign, s! * sign] as const))
        .map(([p, b, s]) => at(x.Li3PO4 + p / 100, x.Li3BO3 + b / 100, x.Li2SO4 + s / 100))
        .filter((y) => Math.min(y.Li3PO4, y.Li3BO3, y.Li2SO4) > -1e-9);
    const summits = lattice
      .filter((x) => around(x).every((y) => conductivityTruth(y, 300) < conductivityTruth(x, 300)))
      .map((x) => conductivityTruth(x, 300))
      .sort((a, b) => b - a);
    expect(summits.filter((height) => height > 1e-6)).toHaveLength(2);
    const lowest = Math.min(...lattice.map((x) => conductivityTruth(x, 300)));
    expect(lowest).toBeGreaterThan(1e-7);
    expect(lowest).toBeLessThan(1e-6);
  });

  it('needs between 0.4 and 0.8 eV everywhere', () => {
    for (const x of lattice) {
      expect(activationEnergy(x)).toBeGreaterThanOrEqual(0.4);
      expect(activationEnergy(x)).toBeLessThanOrEqual(0.8);
    }
  });

  it('follows Arrhenius: ln(σT) against 1/T is a line with slope −E_a/k', () => {
    const x = at(0.3, 0.2, 0.5);
    const [cold, hot] = [100, 300].map((t) => ({
      inverse: 1 / (t + 273.15),
      logged: Math.log(conductivityTruth(x, t) * (t + 273.15)),
    }));
    const slope = (hot!.logged - cold!.logged) / (hot!.inverse - cold!.inverse);
    expect(-slope * 8.617333262e-5).toBeCloseTo(activationEnergy(x), 10);
  });
});
