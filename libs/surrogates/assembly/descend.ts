// Rows through trees. A node is 16 bytes: its threshold, its left child, and eight times its feature, plus 1 where gaps go right. A leaf names itself as its left
// child and has a threshold that nothing exceeds. What leaves say is 16 bytes a node: value and variance.

// @ts-ignore: decorator
@inline function step(nodes: usize, node: u32, row: usize): u32 {
  const at = nodes + ((<usize>node) << 4);
  const link = load<u64>(at, 8);
  const x = load<f64>(row + (<usize>(link >> 32) & ~7));
  return <u32>link + u32(x > load<f64>(at));
}

// @ts-ignore: decorator
@inline function stepWithGaps(nodes: usize, node: u32, row: usize): u32 {
  const at = nodes + ((<usize>node) << 4);
  const link = load<u64>(at, 8);
  const x = load<f64>(row + (<usize>(link >> 32) & ~7));
  return <u32>link + (u32(x > load<f64>(at)) | (u32(x != x) & <u32>(link >> 32) & 1));
}

/** The leaf of each of `count` rows of `cols` doubles in the tree of `root`; rows are taken by eights, so there must be room for that. */
export function descend(nodes: usize, root: u32, x: usize, cols: i32, count: i32, gaps: i32, leaves: usize): void {
  if (gaps) descendWithGaps(nodes, root, x, cols, count, leaves);
  else descendPlain(nodes, root, x, cols, count, leaves);
}

function descendPlain(nodes: usize, root: u32, x: usize, cols: i32, count: i32, leaves: usize): void {
  const width = (<usize>cols) << 3;
  for (let i = 0; i < count; i += 8) {
    const r0 = x + <usize>i * width, r1 = r0 + width, r2 = r1 + width, r3 = r2 + width;
    const r4 = r3 + width, r5 = r4 + width, r6 = r5 + width, r7 = r6 + width;
    let a = root, b = root, c = root, d = root, e = root, f = root, g = root, h = root;
    let moved: u32;
    do {
      const a1 = step(nodes, a, r0), b1 = step(nodes, b, r1), c1 = step(nodes, c, r2), d1 = step(nodes, d, r3);
      const e1 = step(nodes, e, r4), f1 = step(nodes, f, r5), g1 = step(nodes, g, r6), h1 = step(nodes, h, r7);
      a = step(nodes, a1, r0); b = step(nodes, b1, r1); c = step(nodes, c1, r2); d = step(nodes, d1, r3);
      e = step(nodes, e1, r4); f = step(nodes, f1, r5); g = step(nodes, g1, r6); h = step(nodes, h1, r7);
      moved = (a1 ^ a) | (b1 ^ b) | (c1 ^ c) | (d1 ^ d) | (e1 ^ e) | (f1 ^ f) | (g1 ^ g) | (h1 ^ h);
    } while (moved != 0);
    const out = leaves + ((<usize>i) << 2);
    store<u32>(out, a); store<u32>(out, b, 4); store<u32>(out, c, 8); store<u32>(out, d, 12);
    store<u32>(out, e, 16); store<u32>(out, f, 20); store<u32>(out, g, 24); store<u32>(out, h, 28);
  }
}

function descendWithGaps(nodes: usize, root: u32, x: usize, cols: i32, count: i32, leaves: usize): void {
  const width = (<usize>cols) << 3;
  for (let i = 0; i < count; i += 4) {
    const r0 = x + <usize>i * width, r1 = r0 + width, r2 = r1 + width, r3 = r2 + width;
    let a = root, b = root, c = root, d = root;
    let moved: u32;
    do {
      const a1 = stepWithGaps(nodes, a, r0), b1 = stepWithGaps(nodes, b, r1);
      const c1 = stepWithGaps(nodes, c, r2), d1 = stepWithGaps(nodes, d, r3);
      moved = (a1 ^ a) | (b1 ^ b) | (c1 ^ c) | (d1 ^ d);
      a = a1; b = b1; c = c1; d = d1;
    } while (moved != 0);
    const out = leaves + ((<usize>i) << 2);
    store<u32>(out, a); store<u32>(out, b, 4); store<u32>(out, c, 8); store<u32>(out, d, 12);
  }
}

/** Welford's recurrence over trees from … to − 1, for each row: mean, squares, within. Two rows at a time. */
export function addMoments(
  nodes: usize, said: usize, roots: usize, from: i32, to: i32, x: usize, cols: i32, count: i32, gaps: i32,
  leaves: usize, mean: usize, squares: usize, within: usize,
): void {
  for (let t = from; t < to; t++) {
    descend(nodes, load<u32>(roots + ((<usize>t) << 2)), x, cols, count, gaps, leaves);
    const share = f64x2.splat(1.0 / <f64>(t + 1));
    for (let i = 0; i < count; i += 2) {
      const pair = leaves + ((<usize>i) << 2);
      const first = v128.load(said + ((<usize>load<u32>(pair)) << 4));
      const second = v128.load(said + ((<usize>load<u32>(pair, 4)) << 4));
      const value = v128.shuffle<f64>(first, second, 0, 2);
      const at = (<usize>i) << 3;
      const before = v128.load(mean + at);
      const off = f64x2.sub(value, before);
      const after = f64x2.add(before, f64x2.mul(off, share));
      v128.store(mean + at, after);
      v128.store(squares + at, f64x2.add(v128.load(squares + at), f64x2.mul(off, f64x2.sub(value, after))));
      v128.store(within + at, f64x2.add(v128.load(within + at), v128.shuffle<f64>(first, second, 1, 3)));
    }
  }
}

export function addValues(
  nodes: usize, said: usize, roots: usize, from: i32, to: i32, x: usize, cols: i32, count: i32, gaps: i32,
  leaves: usize, sums: usize,
): void {
  for (let t = from; t < to; t++) {
    descend(nodes, load<u32>(roots + ((<usize>t) << 2)), x, cols, count, gaps, leaves);
    for (let i = 0; i < count; i++) {
      const leaf = said + ((<usize>load<u32>(leaves + ((<usize>i) << 2))) << 4);
      const at = sums + ((<usize>i) << 3);
      store<f64>(at, load<f64>(at) + load<f64>(leaf));
    }
  }
}
