/** The twin of assembly/cholesky.ts. */
import { solveTile, subtractProduct } from './tile.js';

const { min, sqrt } = Math;
const panelWidth = 96;

export function cholesky(A: Float64Array, n: number): number {
  const panel = new Float64Array(n * panelWidth);
  const inverses = new Float64Array(panelWidth);
  for (let from = 0; from < n; from += panelWidth) {
    const width = min(n - from, panelWidth);
    const failed = factorPanel(A, n, from, width, panel, inverses);
    if (failed > 0) return failed;
    updateRest(A, n, from, width, panel);
  }
  return 0;
}

function factorPanel(
  A: Float64Array,
  n: number,
  from: number,
  width: number,
  panel: Float64Array,
  inverses: Float64Array,
): number {
  const strips = (n - from) / 4;
  const last = width / 4 - 1;
  for (let i = 0; i < strips; i++) {
    const left = i * 4 * width;
    const row = (from + 4 * i) * n + from;
    for (let j = 0; j <= min(i, last); j++) {
      const right = j * 4 * width;
      const strip = left + 16 * j;
      const place = row + 4 * j;
      for (let c = 0; c < 4; c++)
        for (let r = 0; r < 4; r++) panel[strip + 4 * c + r] = A[place + r * n + c]!;
      subtractProduct(4 * j, panel, right, panel, left, panel, strip, 4);
      if (j < i) {
        solveTile(panel, strip, panel, right + 16 * j, inverses, 4 * j);
        for (let c = 0; c < 4; c++)
          for (let r = 0; r < 4; r++) A[place + r * n + c] = panel[strip + 4 * c + r]!;
      } else {
        const failed = factorTile(panel, strip, inverses, 4 * j, A, place, n);
        if (failed > 0) return from + 4 * j + failed;
      }
    }
  }
  return 0;
}

/** The diagonal tile, element (r,c) at [4c + r]: factored, its upper part zeroed, its lower part written to A. */
function factorTile(
  tile: Float64Array,
  at: number,
  inverses: Float64Array,
  i: number,
  A: Float64Array,
  place: number,
  n: number,
): number {
  for (let c = 0; c < 4; c++) {
    const column = at + 4 * c;
    const pivot = tile[column + c]!;
    if (!(pivot > 0)) return c + 1;
    const d = sqrt(pivot);
    const inverse = 1 / d;
    inverses[i + c] = inverse;
    tile[column + c] = d;
    for (let r = c + 1; r < 4; r++) tile[column + r] = tile[column + r]! * inverse;
    for (let q = c + 1; q < 4; q++)
      for (let r = q; r < 4; r++)
        tile[at + 4 * q + r] = tile[at + 4 * q + r]! - tile[column + q]! * tile[column + r]!;
    for (let r = 0; r < c; r++) tile[column + r] = 0;
    for (let r = c; r < 4; r++) A[place + r * n + c] = tile[column + r]!;
  }
  return 0;
}

function updateRest(A: Float64Array, n: number, from: number, width: number, panel: Float64Array): void {
  const strips = (n - from) / 4;
  for (let i = width / 4; i < strips; i++)
    for (let j = width / 4; j <= i; j++)
      subtractProduct(
        width,
        panel,
        i * 4 * width,
        panel,
        j * 4 * width,
        A,
        (from + 4 * i) * n + from + 4 * j,
        n,
      );
}
