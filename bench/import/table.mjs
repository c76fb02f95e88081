export const spec = {
  name: 'A million',
  space: {
    parameters: [
      { kind: 'continuous', name: 'temperature', min: 0, max: 2000, unit: '°C' },
      { kind: 'continuous', name: 'time', min: 0, max: 2000, unit: 'min' },
      { kind: 'mixture', name: 'm', components: [{ name: 'A' }, { name: 'B' }] },
    ],
  },
  objective: { property: 'ionic_conductivity', goal: 'maximise', transform: 'log10', unit: 'S/cm' },
  budget: 10,
};

/**
 * Nearly all points differ, or there are so many and each comes again and again; one row in fifty is a replicate, one in a
 * hundred a failure.
 */
export function* table(rows, points = rows) {
  yield 'temperature [K];time [h];A [%];B [%];conductivity [mS/cm];outcome;note\r\n';
  for (let i = 0; i < rows; i += 1) {
    const n = (i % 50 === 49 ? i - 30 : i) % points;
    const t = (300 + (n % 1000)).toFixed(2).replace('.', ',');
    const h = ((n / 40_000) % 30).toFixed(6).replace('.', ',');
    const a = n % 100;
    const failed = i % 100 === 7;
    const sigma = failed ? '' : (0.001 + (i % 9973) / 1e4).toFixed(6).replace('.', ',');
    yield `${t};${h};${a};${100 - a};${sigma};${failed ? 'failed' : 'measured'};row ${i}\r\n`;
  }
}
