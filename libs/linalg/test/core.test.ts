import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Philox } from '../src/index.js';
import {
  packedLength,
  padded,
  partKinds,
  type Allocate,
  type Block,
  type Core,
  type PartTerms,
} from '../src/core/core.js';
import { PortableCore } from '../src/core/portable/portableCore.js';
import { openSimdCore } from '../src/core/wasm/simdCore.js';

/** What one operation leaves, on either core. */
type Run = (core: Core, allocate: Allocate, put: (values: ArrayLike<number>) => Block) => ArrayLike<number>[];

const simd = openSimdCore();
const portable = new PortableCore();

/** The same work on both cores; copies, since the memory is taken back. */
function both(run: Run): [Float64Array[], Float64Array[]] {
  const on = (core: Core) =>
    core.scope((allocate) => {
      const put = (values: ArrayLike<number>) => {
        const block = allocate(values.length);
        block.values.set(values);
        return block;
      };
      return run(core, allocate, put).map((values) => Float64Array.from(values));
    });
  return [on(simd), on(portable)];
}

function expectSameBits(run: Run): void {
  const [fast, slow] = both(run);
  for (const [i, values] of fast.entries()) {
    const other = slow[i]!;
    expect(values.length).toBe(other.length);
    for (let k = 0; k < values.length; k++)
      if (!Object.is(values[k], other[k]))
        throw new Error(`result ${i}, element ${k}: ${values[k]!} with SIMD, ${other[k]!} without`);
  }
}

const normals = (n: number, seed: string) => {
  const rng = Philox.fromSeed(seed);
  return Float64Array.from({ length: n }, () => rng.normal());
};

/** A well-conditioned symmetric matrix of size n. */
function positive(n: number, seed = 'positive'): Float64Array {
  const x = normals(n * 3, seed);
  const A = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let r2 = 0;
      for (let q = 0; q < 3; q++) r2 += (x[3 * i + q]! - x[3 * j + q]!) ** 2;
      A[i * n + j] = 1 / (1 + r2) + (i === j ? 0.1 : 0);
    }
  return A;
}

const lower = (A: Float64Array, n: number) => A.filter((_, at) => at % n <= Math.floor(at / n));

/** A packed triangle as a square. */
function unpacked(packed: Float64Array, n: number): Float64Array {
  const A = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) A[i * n + j] = packed[8 * (i >> 2) * ((i >> 2) + 1) + 4 * j + (i & 3)]!;
  return A;
}

const sizes = [4, 8, 12, 60, 64, 68, 128, 132, 300];

describe('with SIMD and without the core gives the same bits:', () => {
  it.each(sizes)('factor, solves and inverse of a matrix of %i rows', (n) => {
    const A = positive(n);
    const z = normals(n, 'z');
    const right = normals(n * 12, 'right');
    expectSameBits((core, allocate, put) => {
      const [packed, inverses] = [allocate(packedLength(n)), allocate(n)];
      expect(core.cholesky(put(A), n, packed, inverses)).toBe(0);
      const [again, inversesAgain] = [allocate(packedLength(n)), allocate(n)];
      core.packTriangle(put(unpacked(packed.values, n)), n, again, inversesAgain);
      expect(again.values).toEqual(packed.values);
      expect(inversesAgain.values).toEqual(inverses.values);
      const [forward, backward] = [put(z), put(z)];
      core.solveForward(packed, inverses, n, forward);
      core.solveBackward(packed, inverses, n, backward);
      const [V, squares] = [put(right), allocate(12)];
      core.solveStrips(packed, inverses, n, V, 3, squares);
      const [inverse, gram] = [allocate(packedLength(n)), allocate(n * n)];
      core.invertTriangle(packed, inverses, n, inverse);
      core.minusGramOfInverse(inverse, n, gram);
      return [
        packed.values,
        inverses.values,
        forward.values,
        backward.values,
        V.values,
        squares.values,
        inverse.values,
        lower(gram.values, n),
      ];
    });
  });

  it.each([0, 3, 5, 63, 64, 70, 131])('the pivot that fails, number %i', (bad) => {
    const n = 132;
    const A = positive(n);
    A[bad * n + bad] = -1;
    const [fast, slow] = both((core, allocate, put) => [
      [core.cholesky(put(A), n, allocate(packedLength(n)), allocate(n))],
    ]);
    expect([fast[0]![0], slow[0]![0]]).toEqual([bad + 1, bad + 1]);
  });

  it.each([
    [3, 5, 4],
    [7, 2, 256],
    [5, 6, 260],
    [6, 6, 520],
  ])('products of %i × %i strips over %i steps', (rows, columns, depth) => {
    const [A, B] = [normals(4 * rows * depth, 'A'), normals(4 * columns * depth, 'B')];
    for (const lower of [false, true])
      expectSameBits((core, _allocate, put) => {
        const C = put(new Float64Array(16 * rows * columns).fill(0.3));
        core.subtractStrips(put(A), rows, put(B), columns, depth, C, 4 * columns, lower);
        return [C.values];
      });
  });

  describe.each(partKinds)('%s', (kind) => {
    it.each([1, 2, 5, 18, 33])(
      'covariances of %i rows, their slopes, and what they do to a likelihood',
      (real) => {
        const n = padded(real);
        for (const d of [1, 3, 7]) {
          const sources = kind === 'coregion' ? 3 : 0;
          const held = (value: number) =>
            kind === 'hamming' ? Math.round(value) : sources ? Math.round(Math.abs(value)) % sources : value;
          const x = normals(n * d, 'x').map(held);
          const z = normals(12 * d, 'z').map(held);
          const width = sources ? sources * sources : d;
          expectSameBits((core, allocate, put) => {
            const part: PartTerms = {
              kind,
              columns: d,
              weights: put(Float64Array.from({ length: width }, (_, q) => 0.3 + 0.2 * q)),
              amplitude: 1.7,
              alpha: kind === 'rationalQuadratic' ? 0.8 : 1,
              sources,
            };
            const [V, E, S] = [allocate(n * n), allocate(n * n), allocate(n * n)];
            const rows = put(x);
            const rational = kind === 'rationalQuadratic';
            core.covarianceWithin(part, rows, n, real, V, E, rational ? S : null);
            const cross = allocate(12 * n);
            const [crossE, crossS] = [allocate(12 * n), allocate(12 * n)];
            const others = put(z);
            core.covarianceStrips(part, rows, n, real, others, 12, cross, null, null, 3);
            core.covarianceStrips(
              part,
              rows,
              n,
              real,
              others,
              12,
              cross,
              crossE,
              rational ? crossS : null,
              3,
            );
            const [weighed, alpha] = [allocate(12), put(normals(n, 'alpha'))];
            core.weighStrips(cross, n, 3, alpha, weighed);
            const W = put(normals(n * n, 'W'));
            core.likelihoodWeights(alpha, W, n, real);
            const [out, crossOut] = [allocate(width), allocate(width)];
            core.contract(part, rows, n, real, W, E, out);
            const crossW = put(normals(12 * n, 'cross'));
            core.contractStrips(part, rows, n, real, others, 12, crossW, crossE, 3, crossOut);
            const dot = core.dotLower(W, V, n, real);
            core.finishCovariance(V, n, real, put(normals(n, 'diagonal')));
            return [
              lower(V.values, n),
              lower(E.values.slice(0, real * n), n),
              rational ? lower(S.values.slice(0, real * n), n) : [],
              cross.values,
              weighed.values,
              lower(W.values.slice(0, real * n), n),
              out.values,
              [dot],
              crossE.values,
              rational ? crossS.values : [],
              crossOut.values,
              [core.dotEach(crossW, crossE, 12 * n)],
            ];
          });
        }
      },
    );
  });

  it('exponentials and logarithms, which are those of the special functions', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -750, max: 709, noNaN: true }), { minLength: 4, maxLength: 4 }),
        fc.array(fc.double({ min: 2.3e-308, max: 1e308, noNaN: true }), { minLength: 4, maxLength: 4 }),
        (x, y) => {
          expectSameBits((core, allocate, put) => {
            const [e, l] = [allocate(4), allocate(4)];
            core.expEach(put(x), e, 4);
            core.logEach(put(y), l, 4);
            return [e.values, l.values];
          });
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('the memory of the fast core', () => {
  it('is zeros at first and again when it is used again', () => {
    for (let round = 0; round < 2; round++)
      simd.scope((allocate) => {
        const block = allocate(1000);
        expect(block.values.every((value) => value === 0)).toBe(true);
        block.values.fill(7);
      });
  });

  it('keeps what is in it when it grows', () => {
    simd.scope((allocate) => {
      const first = allocate(100);
      first.values.fill(3);
      const large = allocate(3e6);
      large.values.fill(4);
      expect(first.values.every((value) => value === 3)).toBe(true);
      expect(first.values).toHaveLength(100);
    });
  });

  it('says what it needs when it is not enough, and goes on afterwards', () => {
    expect(() => simd.scope((allocate) => allocate(6e8))).toThrow(
      /needs 457\d MB, and the numerical core has 4096 MB: use fewer rows/,
    );
    expect(simd.scope((allocate) => allocate(10).values.length)).toBe(10);
  });

  it('gives a large memory back', () => {
    simd.scope((allocate) => allocate(5e7));
    const before = simd.scope((allocate) => allocate(4).values.buffer.byteLength);
    expect(before).toBeLessThan(1e7);
  });

  it('does not take the blocks of another core', () => {
    portable.scope((allocate) => {
      const block = allocate(16);
      expect(() => simd.cholesky(block, 4, block, block)).toThrow('a block of another core');
    });
  });
});
