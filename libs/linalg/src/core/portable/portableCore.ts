import { exp } from '../../special/exp.js';
import { log } from '../../special/log.js';
import type { Allocate, Block, Core, PartTerms } from '../core.js';
import { cholesky } from './cholesky.js';
import {
  contract,
  contractStrips,
  covarianceStrips,
  covarianceWithin,
  dotEach,
  dotLower,
  finishCovariance,
  likelihoodWeights,
  weighStrips,
} from './covariance.js';
import { subtractStrips } from './product.js';
import {
  invertTriangle,
  minusGramOfInverse,
  packTriangle,
  solveBackward,
  solveForward,
  solveStrips,
} from './triangle.js';

const { max } = Math;

/** The operations in TypeScript: where there is no SIMD, and what the fast ones are tested against. */
export class PortableCore implements Core {
  readonly path = 'portable';

  scope<T>(work: (allocate: Allocate) => T): T {
    // Behind the last double there is room for what works in pairs.
    return work((length) => ({ length, values: new Float64Array(length + 8).subarray(0, length) }));
  }

  from(block: Block, offset: number): Block {
    const values = block.values.subarray(offset);
    return { length: values.length, values };
  }

  cholesky(A: Block, n: number, packed: Block, inverses: Block): number {
    return cholesky(A.values, n, packed.values, inverses.values);
  }

  packTriangle(A: Block, n: number, packed: Block, inverses: Block): void {
    packTriangle(A.values, n, packed.values, inverses.values);
  }

  solveForward(packed: Block, inverses: Block, n: number, z: Block): void {
    solveForward(packed.values, inverses.values, n, z.values);
  }

  solveBackward(packed: Block, inverses: Block, n: number, z: Block): void {
    solveBackward(packed.values, inverses.values, n, z.values);
  }

  solveStrips(packed: Block, inverses: Block, n: number, V: Block, count: number, squares: Block): void {
    solveStrips(packed.values, inverses.values, n, V.values, count, squares.values);
  }

  invertTriangle(packed: Block, inverses: Block, n: number, inverse: Block): void {
    invertTriangle(packed.values, inverses.values, n, inverse.values);
  }

  minusGramOfInverse(inverse: Block, n: number, C: Block): void {
    minusGramOfInverse(inverse.values, n, C.values);
  }

  subtractStrips(
    A: Block,
    rowStrips: number,
    B: Block,
    columnStrips: number,
    depth: number,
    C: Block,
    stride: number,
    lower: boolean,
  ): void {
    subtractStrips(A.values, rowStrips, B.values, columnStrips, depth, C.values, stride, lower);
  }

  covarianceWithin(
    part: PartTerms,
    x: Block,
    n: number,
    real: number,
    values: Block,
    slopes: Block | null,
    shapeSlopes: Block | null,
  ): void {
    covarianceWithin(
      part,
      part.weights.values,
      x.values,
      n,
      real,
      values.values,
      slopes?.values ?? null,
      shapeSlopes?.values ?? null,
    );
  }

  finishCovariance(K: Block, n: number, real: number, diagonal: Block): void {
    finishCovariance(K.values, n, real, diagonal.values);
  }

  covarianceStrips(
    part: PartTerms,
    x: Block,
    n: number,
    real: number,
    z: Block,
    length: number,
    V: Block,
    slopes: Block | null,
    shapeSlopes: Block | null,
    count: number,
  ): void {
    covarianceStrips(
      part,
      part.weights.values,
      x.values,
      n,
      real,
      z.values,
      length,
      V.values,
      slopes?.values ?? null,
      shapeSlopes?.values ?? null,
      count,
    );
  }

  weighStrips(V: Block, n: number, count: number, weights: Block, out: Block): void {
    weighStrips(V.values, n, count, weights.values, out.values);
  }

  likelihoodWeights(alpha: Block, W: Block, n: number, real: number): void {
    likelihoodWeights(alpha.values, W.values, n, real);
  }

  contract(part: PartTerms, x: Block, n: number, real: number, W: Block, E: Block, out: Block): void {
    contract(part, part.weights.values, x.values, n, real, W.values, E.values, out.values);
  }

  contractStrips(
    part: PartTerms,
    x: Block,
    n: number,
    real: number,
    z: Block,
    length: number,
    W: Block,
    E: Block,
    count: number,
    out: Block,
  ): void {
    contractStrips(
      part,
      part.weights.values,
      x.values,
      n,
      real,
      z.values,
      length,
      W.values,
      E.values,
      count,
      out.values,
    );
  }

  dotEach(a: Block, b: Block, count: number): number {
    return dotEach(a.values, b.values, count);
  }

  dotLower(A: Block, B: Block, n: number, real: number): number {
    return dotLower(A.values, B.values, n, real);
  }

  multiplyEach(a: Block, b: Block, target: Block, count: number): void {
    const [left, right, into] = [a.values, b.values, target.values];
    for (let i = 0; i < count; i++) into[i] = left[i]! * right[i]!;
  }

  addEach(a: Block, target: Block, count: number): void {
    const [from, into] = [a.values, target.values];
    for (let i = 0; i < count; i++) into[i] = into[i]! + from[i]!;
  }

  expEach(x: Block, y: Block, count: number): void {
    const [from, into] = [x.values, y.values];
    for (let i = 0; i < count; i++) into[i] = exp(max(-708, from[i]!));
  }

  logEach(x: Block, y: Block, count: number): void {
    const [from, into] = [x.values, y.values];
    for (let i = 0; i < count; i++) into[i] = log(from[i]!);
  }
}
