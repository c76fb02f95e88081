// xoshiro128++, the twin of src/trees/words.ts; its four words of state lie where the caller says.

let state: usize = 0;

export function seatWords(at: usize): void {
  state = at;
}

// @ts-ignore: decorator
@inline function next(): u32 {
  const a = load<u32>(state), b = load<u32>(state, 4), c0 = load<u32>(state, 8), d0 = load<u32>(state, 12);
  const result = rotl(a + d0, 7) + a;
  const c = c0 ^ a, d = d0 ^ b;
  store<u32>(state, b ^ c, 4);
  store<u32>(state, a ^ d);
  store<u32>(state, c ^ (b << 9), 8);
  store<u32>(state, rotl(d, 11), 12);
  return result;
}

/** 0 … n − 1. */
// @ts-ignore: decorator
@inline export function below(n: u32): u32 {
  return <u32>((<u64>next() * <u64>n) >> 32);
}
