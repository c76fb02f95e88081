/**
 * Arrays for the hot loops of trees: in the memory of a WebAssembly instance where the engine has it, so that the module of assembly/ can work on them; else
 * plain ones, and the twins in TypeScript do the same operations in the same order.
 */
import { moduleBytes } from '../generated/assembly.js';

/** What the module exports. Addresses are the arrays' byte offsets; see assembly/ for what each does. */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  descend(
    nodes: number,
    root: number,
    x: number,
    cols: number,
    count: number,
    gaps: number,
    leaves: number,
  ): void;
  addMoments(
    nodes: number,
    said: number,
    roots: number,
    from: number,
    to: number,
    x: number,
    cols: number,
    count: number,
    gaps: number,
    leaves: number,
    mean: number,
    squares: number,
    within: number,
  ): void;
  addValues(
    nodes: number,
    said: number,
    roots: number,
    from: number,
    to: number,
    x: number,
    cols: number,
    count: number,
    gaps: number,
    leaves: number,
    sums: number,
  ): void;
  configure(
    pairs: number,
    bins: number,
    occupied: number,
    keys: number,
    prefixes: number,
    foundBins: number,
    out: number,
    minLeafWeight: number,
    lambda: number,
  ): void;
  beginNode(rows: number, count: number, sum: number, weight: number): void;
  considerColumn(codes: number, bins: number, worth: number): number;
  seatWords(state: number): void;
  gather(rows: number, count: number, t: number, h: number, shift: number): number;
  seatTrees(
    rows: number,
    spare: number,
    t: number,
    h: number,
    open: number,
    codes: number,
    binCounts: number,
    features: number,
    gains: number,
    leafOfRow: number,
    found: number,
    n: number,
    d: number,
  ): void;
  seatNodes(
    feature: number,
    left: number,
    last: number,
    next: number,
    heavyLeft: number,
    value: number,
    variance: number,
    weight: number,
  ): void;
  ruleTrees(
    minLeafWeight: number,
    lambda: number,
    minGain: number,
    maxDepth: number,
    featuresPerSplit: number,
  ): void;
  growTree(count: number, root: number): number;
  divideRows(codes: number, wide: number, cut: number, rows: number, count: number, spare: number): number;
  codeValues(values: number, count: number, low: number, bins: number, codes: number): void;
  sortDoubles(values: number, count: number, spare: number, counts: number): void;
  sumColumns(
    codes: number,
    n: number,
    d: number,
    rows: number,
    count: number,
    pairs: number,
    sums: number,
    stride: number,
  ): void;
  subtractSums(from: number, less: number, pairCount: number): void;
  searchSums(
    sums: number,
    stride: number,
    d: number,
    binCounts: number,
    sum: number,
    weight: number,
    minLeafWeight: number,
    lambda: number,
    out: number,
  ): number;
}

interface ArrayKinds {
  readonly f64: Float64Array;
  readonly i32: Int32Array;
  readonly u16: Uint16Array;
  readonly u8: Uint8Array;
}

type Kind = keyof ArrayKinds;
type Shape = Readonly<Record<string, readonly [Kind, number]>>;
type Arrays<S extends Shape> = { readonly [name in keyof S]: ArrayKinds[S[name][0]] };

export interface Workspace<S extends Shape> {
  /** Zeros at first. */
  readonly arrays: Arrays<S>;
  /** Undefined where the twins must do the work. */
  readonly kernels: Kernels | undefined;
  /** Gives the memory back: the arrays must not be used any more. */
  close(): void;
}

const pageBytes = 65536;
/** An idle instance with more memory than this is dropped. */
const idleBytes = 268435456;
const boundary = 64;

let compiled: WebAssembly.Module | undefined;
let refused = false;
let portable = false;
const idle: Kernels[] = [];

/** Runs `work` without WebAssembly. */
export function withoutKernels<T>(work: () => T): T {
  const before = portable;
  portable = true;
  try {
    return work();
  } finally {
    portable = before;
  }
}

export function openWorkspace<S extends Shape>(shape: S): Workspace<S> {
  const kernels = portable || refused ? undefined : acquire();
  if (kernels === undefined) return { arrays: plainArrays(shape), kernels, close: () => undefined };
  const arrays = arraysIn(kernels, shape);
  return {
    arrays,
    kernels,
    close: () => {
      if (kernels.memory.buffer.byteLength <= idleBytes) idle.push(kernels);
    },
  };
}

function acquire(): Kernels | undefined {
  try {
    compiled ??= new WebAssembly.Module(Buffer.from(moduleBytes, 'base64'));
    const free = idle.pop();
    if (free !== undefined) return free;
    const { exports }: { readonly exports: unknown } = new WebAssembly.Instance(compiled, {});
    return exports as Kernels;
  } catch {
    // An engine without WebAssembly or SIMD: it will not have it later either.
    refused = true;
    return undefined;
  }
}

function plainArrays<S extends Shape>(shape: S): Arrays<S> {
  return collect(shape, (kind, length) => {
    switch (kind) {
      case 'f64':
        return new Float64Array(length);
      case 'i32':
        return new Int32Array(length);
      case 'u16':
        return new Uint16Array(length);
      case 'u8':
        return new Uint8Array(length);
    }
  });
}

const bytesOf: Readonly<Record<Kind, number>> = { f64: 8, i32: 4, u16: 2, u8: 1 };

/** The memory grows before the first array is made: growing would detach them. */
function arraysIn<S extends Shape>({ memory, heapBase }: Kernels, shape: S): Arrays<S> {
  const places = new Map<string, number>();
  let end = heapBase();
  for (const [name, [kind, length]] of Object.entries(shape)) {
    const place = Math.ceil(end / boundary) * boundary;
    places.set(name, place);
    end = place + bytesOf[kind] * length;
  }
  const missing = end - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
  return collect(shape, (kind, length, name) => {
    const place = places.get(name)!;
    switch (kind) {
      case 'f64':
        return new Float64Array(memory.buffer, place, length).fill(0);
      case 'i32':
        return new Int32Array(memory.buffer, place, length).fill(0);
      case 'u16':
        return new Uint16Array(memory.buffer, place, length).fill(0);
      case 'u8':
        return new Uint8Array(memory.buffer, place, length).fill(0);
    }
  });
}

function collect<S extends Shape>(
  shape: S,
  make: (kind: Kind, length: number, name: string) => ArrayKinds[Kind],
): Arrays<S> {
  const made = Object.entries(shape).map(
    ([name, [kind, length]]) => [name, make(kind, length, name)] as const,
  );
  return Object.fromEntries(made) as Arrays<S>;
}
