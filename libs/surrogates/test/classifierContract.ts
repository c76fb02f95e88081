import { describe, expect, it } from '@jest/globals';
import { latinHypercube, matrix, Philox } from '@ionloop/linalg';
import type { ClassifierFactory, LabelledData, SurrogateJson } from '../src/contract.js';

/** What every classifier must do, whatever it is. Call it at the top level of a jest test file. */
export function classifierContract(name: string, factory: ClassifierFactory): void {
  const fit = (data: LabelledData, seed = 1) => factory.fit(data, Philox.fromSeed(seed));
  const at = latinHypercube(2, 9, Philox.fromSeed('somewhere else'));

  describe(`${name} keeps the contract of a classifier:`, () => {
    it('the same data and seed give the same probabilities to the bit, whatever was fitted before', () => {
      const first = fit(halves(30)).probability(at);
      fit(halves(9));
      expect(fit(halves(30)).probability(at)).toEqual(first);
    });

    it('a round trip through JSON says the same to the bit', () => {
      const model = fit(halves(30));
      const json = JSON.parse(JSON.stringify(model)) as SurrogateJson;
      const back = factory.fromJSON(json);
      expect(back.kind).toBe(factory.kind);
      expect(back.dimension).toBe(2);
      expect(back.probability(at)).toEqual(model.probability(at));
      expect(back.toJSON()).toEqual(model.toJSON());
      expect(() => factory.fromJSON({ ...json, kind: 'oracle' })).toThrow('json.kind');
      expect(() => factory.fromJSON({ ...json, version: 99 })).toThrow('json.version');
    });

    it('changing the arrays it was fitted on does not change it', () => {
      const data = halves(30);
      const model = fit(data);
      const before = model.probability(at);
      data.X.data.fill(0.5);
      data.labels.fill(0);
      expect(model.probability(at)).toEqual(before);
    });

    it('tells classes apart that lie apart, without ever being certain', () => {
      const { X, labels } = halves(60);
      const p = fit({ X, labels }).probability(X);
      const right = labels.filter((label, i) => p[i]! > 0.5 === (label === 1));
      expect(right.length).toBeGreaterThanOrEqual(56);
      for (const one of p) {
        expect(one).toBeGreaterThan(0);
        expect(one).toBeLessThan(1);
      }
    });

    it('exchanging the classes exchanges the probabilities', () => {
      const { X, labels } = halves(25);
      const p = fit({ X, labels }).probability(at);
      const q = fit({ X, labels: labels.map((label) => 1 - label) }).probability(at);
      p.forEach((one, i) => expect(one + q[i]!).toBeCloseTo(1, 4));
    });

    it.each([0, 1] as const)('of class %d alone it is doubtful, the less so the more rows', (label) => {
      const probabilityOf = (n: number) => {
        const { X } = halves(n);
        const p = fit({ X, labels: new Uint8Array(n).fill(label) }).probability(at);
        return Math.min(...p.map((one) => (label === 1 ? one : 1 - one)));
      };
      const [one, few, many] = [probabilityOf(1), probabilityOf(5), probabilityOf(40)];
      expect(one).toBeGreaterThan(0.5);
      expect(few).toBeGreaterThan(one);
      expect(many).toBeGreaterThan(few);
      expect(many).toBeLessThan(1);
    });

    it('no rows to predict and rows that repeat each other are no trouble', () => {
      expect(fit(halves(10)).probability(matrix(0, 2))).toHaveLength(0);
      const X = matrix(8, 2, new Float64Array(16).fill(0.4));
      const labels = Uint8Array.of(0, 1, 0, 1, 0, 1, 0, 1);
      const p = fit({ X, labels }).probability(matrix(1, 2, Float64Array.of(0.4, 0.4)));
      expect(p[0]).toBeCloseTo(0.5, 6);
    });

    it('what it cannot use is refused by name', () => {
      const { X, labels } = halves(4);
      const spoilt = X.data.map((value, i) => (i === 1 ? NaN : value));
      expect(() => fit({ X: matrix(4, 2, spoilt), labels })).toThrow('data.X must be finite');
      expect(() => fit({ X, labels: labels.slice(1) })).toThrow('data.labels must hold 4 numbers, not 3');
      expect(() => fit({ X, labels: Uint8Array.of(0, 1, 2, 0) })).toThrow('data.labels must be 0 or 1');
      expect(() => fit({ X: matrix(0, 2), labels: new Uint8Array(0) })).toThrow('data.X');
      const model = fit({ X, labels });
      expect(() => model.probability(matrix(2, 3))).toThrow('X must have 2 columns, not 3');
      expect(() => model.probability(matrix(1, 2, Float64Array.of(0, NaN)))).toThrow('X must be finite');
    });
  });
}

/** Rows in the unit square, of class 1 above its diagonal. */
function halves(n: number): LabelledData {
  const X = latinHypercube(2, n, Philox.fromSeed('halves'));
  const labels = Uint8Array.from({ length: n }, (_, i) => (X.data[2 * i]! + X.data[2 * i + 1]! > 1 ? 1 : 0));
  return { X, labels };
}
