/** What the module exports: addresses are byte offsets, `flag`s are 0 or 1. See assembly/ for what each does. */
export interface Exports {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  cholesky(A: number, n: number, packed: number, inverses: number): number;
  packTriangle(A: number, n: number, packed: number, inverses: number): void;
  solveForward(packed: number, inverses: number, n: number, z: number): void;
  solveBackward(packed: number, inverses: number, n: number, z: number): void;
  solveStrips(packed: number, inverses: number, n: number, V: number, count: number, squares: number): void;
  invertTriangle(packed: number, inverses: number, n: number, inverse: number): void;
  minusGramOfInverse(inverse: number, n: number, C: number): void;
  subtractStrips(
    A: number,
    rowStrips: number,
    B: number,
    columnStrips: number,
    depth: number,
    C: number,
    stride: number,
    lower: number,
  ): void;
  covarianceWithin(
    kind: number,
    mode: number,
    x: number,
    n: number,
    real: number,
    d: number,
    weights: number,
    amplitude: number,
    alpha: number,
    values: number,
    slopes: number,
    shapeSlopes: number,
    scratch: number,
  ): void;
  finishCovariance(K: number, n: number, real: number, diagonal: number): void;
  covarianceStrips(
    kind: number,
    mode: number,
    x: number,
    n: number,
    real: number,
    z: number,
    length: number,
    d: number,
    weights: number,
    amplitude: number,
    alpha: number,
    V: number,
    slopes: number,
    shapeSlopes: number,
    count: number,
    scratch: number,
  ): void;
  weighStrips(V: number, n: number, count: number, weights: number, out: number): void;
  likelihoodWeights(alpha: number, W: number, n: number, real: number): void;
  contract(
    mode: number,
    x: number,
    n: number,
    real: number,
    d: number,
    weights: number,
    W: number,
    E: number,
    products: number,
    sums: number,
    out: number,
  ): void;
  contractStrips(
    mode: number,
    x: number,
    n: number,
    real: number,
    z: number,
    length: number,
    d: number,
    weights: number,
    W: number,
    E: number,
    count: number,
    products: number,
    sums: number,
    out: number,
  ): void;
  dotEach(a: number, b: number, count: number): number;
  dotLower(A: number, B: number, n: number, real: number): number;
  multiplyEach(a: number, b: number, target: number, count: number): void;
  addEach(a: number, target: number, count: number): void;
  expEach(x: number, y: number, count: number): void;
  logEach(x: number, y: number, count: number): void;
}
