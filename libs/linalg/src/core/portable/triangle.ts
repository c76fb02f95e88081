/** The twin of assembly/triangle.ts. */
import { solveTile, subtractProduct } from './tile.js';

function stripAt(i: number): number {
  return 8 * i * (i + 1);
}

export function packTriangle(A: Float64Array, n: number, packed: Float64Array, inverses: Float64Array): void {
  for (let i = 0; i < n / 4; i++) {
    const strip = stripAt(i);
    for (let k = 0; k < 4 * i + 4; k++)
      for (let r = 0; r < 4; r++) packed[strip + 4 * k + r] = k <= 4 * i + r ? A[(4 * i + r) * n + k]! : 0;
    for (let r = 0; r < 4; r++) inverses[4 * i + r] = 1 / A[(4 * i + r) * n + 4 * i + r]!;
  }
}

function inverseStripAt(c: number, strips: number): number {
  return 16 * c * strips - 8 * c * (c - 1);
}

export function invertTriangle(
  packed: Float64Array,
  inverses: Float64Array,
  n: number,
  inverse: Float64Array,
): void {
  const strips = n / 4;
  inverse.fill(0, 0, 8 * strips * (strips + 1));
  for (let c = 0; c < strips; c++) {
    const column = inverseStripAt(c, strips);
    for (let q = 0; q < 16; q += 5) inverse[column + q] = 1;
    for (let i = c; i < strips; i++) {
      const rows = stripAt(i);
      const place = column + 16 * (i - c);
      subtractProduct(4 * (i - c), packed, rows + 16 * c, inverse, column, inverse, place, 4);
      solveTile(inverse, place, packed, rows + 16 * i, inverses, 4 * i);
    }
  }
}

export function minusGramOfInverse(inverse: Float64Array, n: number, C: Float64Array): void {
  const strips = n / 4;
  for (let i = 0; i < n; i++) C.fill(0, i * n, i * n + ((i >> 2) + 1) * 4);
  for (let a = 0; a < strips; a++)
    for (let b = 0; b <= a; b++)
      subtractProduct(
        n - 4 * a,
        inverse,
        inverseStripAt(a, strips),
        inverse,
        inverseStripAt(b, strips) + 16 * (a - b),
        C,
        4 * a * n + 4 * b,
        n,
      );
}

export function solveStrips(
  packed: Float64Array,
  inverses: Float64Array,
  n: number,
  V: Float64Array,
  count: number,
  squares: Float64Array,
): void {
  squares.fill(0, 0, 4 * count);
  for (let c = 0; c < count; c++) {
    const strip = c * 4 * n;
    for (let i = 0; i < n / 4; i++) {
      const rows = stripAt(i);
      const place = strip + 16 * i;
      subtractProduct(4 * i, packed, rows, V, strip, V, place, 4);
      solveTile(V, place, packed, rows + 16 * i, inverses, 4 * i);
      for (let q = 0; q < 16; q++) {
        const x = V[place + q]!;
        squares[4 * c + (q & 3)] = squares[4 * c + (q & 3)]! + x * x;
      }
    }
  }
}

export function solveForward(packed: Float64Array, inverses: Float64Array, n: number, z: Float64Array): void {
  for (let i = 0; i < n / 4; i++) {
    const strip = stripAt(i);
    for (let r = 0; r < 4; r++) {
      let even = 0;
      let odd = 0;
      for (let k = 0; k < 4 * i; k += 2) {
        even += z[k]! * packed[strip + 4 * k + r]!;
        odd += z[k + 1]! * packed[strip + 4 * k + 4 + r]!;
      }
      z[4 * i + r] = z[4 * i + r]! - (even + odd);
    }
    const diagonal = strip + 16 * i;
    for (let c = 0; c < 4; c++) {
      const value = z[4 * i + c]! * inverses[4 * i + c]!;
      z[4 * i + c] = value;
      for (let r = c + 1; r < 4; r++) z[4 * i + r] = z[4 * i + r]! - packed[diagonal + 4 * c + r]! * value;
    }
  }
}

export function solveBackward(
  packed: Float64Array,
  inverses: Float64Array,
  n: number,
  z: Float64Array,
): void {
  for (let i = n / 4 - 1; i >= 0; i--) {
    const strip = stripAt(i);
    const diagonal = strip + 16 * i;
    const x = 4 * i;
    for (let r = 3; r >= 0; r--) {
      let value = z[x + r]!;
      for (let q = r + 1; q < 4; q++) value -= packed[diagonal + 4 * r + q]! * z[x + q]!;
      z[x + r] = value * inverses[x + r]!;
    }
    const x0 = z[x]!;
    const x1 = z[x + 1]!;
    const x2 = z[x + 2]!;
    const x3 = z[x + 3]!;
    for (let k = 0; k < x; k++) {
      const at = strip + 4 * k;
      const first = packed[at]! * x0 + packed[at + 2]! * x2;
      const second = packed[at + 1]! * x1 + packed[at + 3]! * x3;
      z[k] = z[k]! - (first + second);
    }
  }
}
