// Two doubles at a time, and where they lie. Sizes named `…Bytes` and all addresses count bytes, everything else counts doubles.

/** c + a·b, rounded twice: a fused multiply-add would give other bits than the twin in TypeScript. */
// @ts-ignore: decorator
@inline export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return f64x2.add(c, f64x2.mul(a, b));
}

// @ts-ignore: decorator
@inline export function pair(at: usize, offset: usize = 0): v128 {
  return v128.load(at + offset);
}

/** The double at `at`, in both lanes. */
// @ts-ignore: decorator
@inline export function both(at: usize): v128 {
  return v128.load64_splat(at);
}

// @ts-ignore: decorator
@inline export function sumOfLanes(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/** The bytes of `count` doubles. */
// @ts-ignore: decorator
@inline export function bytes(count: i32): usize {
  return (<usize>count) << 3;
}
