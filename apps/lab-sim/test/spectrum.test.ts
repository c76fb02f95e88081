import { describe, expect, it } from '@jest/globals';
import type { Assignment, Result } from '@ionloop/lab-client';
import { Philox } from '@ionloop/linalg';
import { spectrumOf, withSpectrum } from '../src/spectrum.js';

const pellet = { thicknessCm: 0.1, areaCm2: 0.785 };
const drawn = (resistanceOhm: number) => spectrumOf(resistanceOhm, pellet, Philox.fromSeed('s'));

describe('a simulated spectrum', () => {
  it.each([200, 2.6e3, 4e6])('of %d Ω has its foot there', (resistanceOhm) => {
    const { frequencyHz, realOhm, imaginaryOhm } = drawn(resistanceOhm);
    expect(frequencyHz).toHaveLength(61);
    expect([...frequencyHz].sort((a, b) => b - a)).toEqual(frequencyHz);
    // Between the arc and the tail the curve comes down to the axis: that is where the resistance is read.
    const past = imaginaryOhm.findIndex((value, i) => i > 15 && (imaginaryOhm[i + 1] ?? 0) < value);
    expect((realOhm[past] ?? 0) / resistanceOhm).toBeCloseTo(1, 1);
    expect(-(imaginaryOhm[past] ?? 0) / resistanceOhm).toBeLessThan(0.12);
    expect(Math.min(...realOhm) / resistanceOhm).toBeLessThan(0.05);
    const top = Math.max(...imaginaryOhm.slice(0, past).map((value) => -value));
    expect(top / resistanceOhm).toBeGreaterThan(0.4);
    expect(top / resistanceOhm).toBeLessThan(0.5);
  });

  it('has its arc where the geometry puts it: a pellet twice as thick has half the capacitance', () => {
    const thick = spectrumOf(2.6e3, { ...pellet, thicknessCm: 0.2 }, Philox.fromSeed('s'));
    expect((thick.frequencyHz[0] ?? 0) / (drawn(2.6e3).frequencyHz[0] ?? 1)).toBeCloseTo(2, 4);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(drawn(1000)).toEqual(drawn(1000));
    expect(spectrumOf(1000, pellet, Philox.fromSeed('t'))).not.toEqual(drawn(1000));
  });

  it('goes with a resistance, by the value that is handed in, and with nothing else', () => {
    const assignment = { campaignId: 'c', experimentNumber: 3, fence: 2 } as Assignment;
    const impedance = { resistanceOhm: 2.6e3, ...pellet };
    const result: Result = {
      outcome: 'measured',
      measurements: [{ property: 'ionic_conductivity', impedance }],
    };
    const [artifact] = withSpectrum(result, assignment, 's').artifacts ?? [];
    expect(artifact).toMatchObject({ name: 'spectrum-3-2.json', kind: 'impedance_spectrum', measurement: 0 });
    const content = artifact && 'content' in artifact ? String(artifact.content) : '';
    expect(JSON.parse(content)).toMatchObject({ sample: pellet });
    const plain: Result = { outcome: 'measured', measurements: [{ property: 'value', value: 1, unit: '1' }] };
    expect(withSpectrum(plain, assignment, 's')).toBe(plain);
    const failed: Result = { outcome: 'failed_sample', note: 'cracked', measurements: [] };
    expect(withSpectrum(failed, assignment, 's')).toBe(failed);
  });
});
