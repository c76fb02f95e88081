import { moduleBytes } from '../../generated/assembly.js';
import { measureOf, partKinds, type Allocate, type Block, type Core, type PartTerms } from '../core.js';
import type { Exports } from './exports.js';
import { Region, Stack } from './memory.js';

/** An idle memory above this is given back. */
const idleBytes = 268435456;

const measures = { squares: 0, mismatch: 1, products: 2, table: 3 } as const;

let compiled: WebAssembly.Module | undefined;

/** Throws where the engine has no WebAssembly or no SIMD. */
export function openSimdCore(): Core {
  compiled ??= new WebAssembly.Module(Buffer.from(moduleBytes, 'base64'));
  return new SimdCore(compiled);
}

class SimdCore implements Core {
  readonly path = 'simd';
  private exports: Exports;
  private stack: Stack;

  constructor(private readonly module: WebAssembly.Module) {
    this.exports = instantiate(module);
    this.stack = stackOf(this.exports);
  }

  scope<T>(work: (allocate: Allocate) => T): T {
    const { stack } = this;
    const mark = stack.mark();
    try {
      return work((length, content) => stack.allocate(length, content));
    } finally {
      stack.release(mark);
      if (stack.isEmpty && stack.bytes > idleBytes) {
        // WebAssembly memory cannot shrink: a new instance begins with little.
        this.exports = instantiate(this.module);
        this.stack = stackOf(this.exports);
      }
    }
  }

  from(block: Block, offset: number): Block {
    return regionOf(block).from(offset);
  }

  /** The address of room that a kernel writes before it reads, above the mark of the stack that the caller goes back to. */
  private scratch(length: number): number {
    return this.stack.allocate(length, 'unset').address;
  }

  cholesky(A: Block, n: number, packed: Block, inverses: Block): number {
    return this.exports.cholesky(at(A), n, at(packed), at(inverses));
  }

  packTriangle(A: Block, n: number, packed: Block, inverses: Block): void {
    this.exports.packTriangle(at(A), n, at(packed), at(inverses));
  }

  solveForward(packed: Block, inverses: Block, n: number, z: Block): void {
    this.exports.solveForward(at(packed), at(inverses), n, at(z));
  }

  solveBackward(packed: Block, inverses: Block, n: number, z: Block): void {
    this.exports.solveBackward(at(packed), at(inverses), n, at(z));
  }

  solveStrips(packed: Block, inverses: Block, n: number, V: Block, count: number, squares: Block): void {
    this.exports.solveStrips(at(packed), at(inverses), n, at(V), count, at(squares));
  }

  invertTriangle(packed: Block, inverses: Block, n: number, inverse: Block): void {
    this.exports.invertTriangle(at(packed), at(inverses), n, at(inverse));
  }

  minusGramOfInverse(inverse: Block, n: number, C: Block): void {
    this.exports.minusGramOfInverse(at(inverse), n, at(C));
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
    this.exports.subtractStrips(at(A), rowStrips, at(B), columnStrips, depth, at(C), stride, lower ? 1 : 0);
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
    const mark = this.stack.mark();
    this.exports.covarianceWithin(
      partKinds.indexOf(part.kind),
      measures[measureOf(part.kind)],
      at(x),
      n,
      real,
      widthOf(part),
      at(part.weights),
      part.amplitude,
      part.alpha,
      at(values),
      slopes ? at(slopes) : 0,
      shapeSlopes ? at(shapeSlopes) : 0,
      this.scratch(2 * n),
    );
    this.stack.release(mark);
  }

  finishCovariance(K: Block, n: number, real: number, diagonal: Block): void {
    this.exports.finishCovariance(at(K), n, real, at(diagonal));
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
    const mark = this.stack.mark();
    this.exports.covarianceStrips(
      partKinds.indexOf(part.kind),
      measures[measureOf(part.kind)],
      at(x),
      n,
      real,
      at(z),
      length,
      widthOf(part),
      at(part.weights),
      part.amplitude,
      part.alpha,
      at(V),
      slopes ? at(slopes) : 0,
      shapeSlopes ? at(shapeSlopes) : 0,
      count,
      this.scratch(8 * n),
    );
    this.stack.release(mark);
  }

  weighStrips(V: Block, n: number, count: number, weights: Block, out: Block): void {
    this.exports.weighStrips(at(V), n, count, at(weights), at(out));
  }

  likelihoodWeights(alpha: Block, W: Block, n: number, real: number): void {
    this.exports.likelihoodWeights(at(alpha), at(W), n, real);
  }

  contract(part: PartTerms, x: Block, n: number, real: number, W: Block, E: Block, out: Block): void {
    const mark = this.stack.mark();
    this.exports.contract(
      measures[measureOf(part.kind)],
      at(x),
      n,
      real,
      widthOf(part),
      at(part.weights),
      at(W),
      at(E),
      this.scratch(n),
      this.scratch(2 * part.columns),
      at(out),
    );
    this.stack.release(mark);
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
    const mark = this.stack.mark();
    this.exports.contractStrips(
      measures[measureOf(part.kind)],
      at(x),
      n,
      real,
      at(z),
      length,
      widthOf(part),
      at(part.weights),
      at(W),
      at(E),
      count,
      this.scratch(4 * n),
      this.scratch(4 * part.columns),
      at(out),
    );
    this.stack.release(mark);
  }

  dotEach(a: Block, b: Block, count: number): number {
    return this.exports.dotEach(at(a), at(b), count);
  }

  dotLower(A: Block, B: Block, n: number, real: number): number {
    return this.exports.dotLower(at(A), at(B), n, real);
  }

  multiplyEach(a: Block, b: Block, target: Block, count: number): void {
    this.exports.multiplyEach(at(a), at(b), at(target), count);
  }

  addEach(a: Block, target: Block, count: number): void {
    this.exports.addEach(at(a), at(target), count);
  }

  expEach(x: Block, y: Block, count: number): void {
    this.exports.expEach(at(x), at(y), count);
  }

  logEach(x: Block, y: Block, count: number): void {
    this.exports.logEach(at(x), at(y), count);
  }
}

/** The columns that a part sums over, or the width of its table. */
function widthOf({ kind, columns, sources }: PartTerms): number {
  return kind === 'coregion' ? sources : columns;
}

function instantiate(module: WebAssembly.Module): Exports {
  return new WebAssembly.Instance(module, {}).exports as unknown as Exports;
}

function stackOf(exports: Exports): Stack {
  return new Stack(exports.memory, exports.heapBase());
}

function regionOf(block: Block): Region {
  if (block instanceof Region) return block;
  throw new TypeError('a block of another core');
}

function at(block: Block): number {
  return regionOf(block).address;
}
