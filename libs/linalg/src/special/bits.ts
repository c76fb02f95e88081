/** The bits of a double, and exact powers of two. */
const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
double[0] = 1;
const high = words[1] === 0x3ff00000 ? 1 : 0;

const smallestExponent = -1022;
const powers = new Float64Array(1023 - smallestExponent + 1);
{
  let power = 1;
  for (let e = 0; e <= 1023; e++, power *= 2) powers[e - smallestExponent] = power;
  power = 1;
  for (let e = 0; e >= smallestExponent; e--, power /= 2) powers[e - smallestExponent] = power;
}

/** 2ᵉ for −1022 ≤ e ≤ 1023, exactly. */
export function powerOfTwo(e: number): number {
  return powers[e - smallestExponent]!;
}

/** x·2ᵉ, rounded once even where the result is subnormal; |e| up to about 2000. */
export function scale(x: number, e: number): number {
  if (e > 1023) return x * powerOfTwo(1023) * powerOfTwo(Math.min(e - 1023, 1023));
  if (e < smallestExponent)
    return x * powerOfTwo(e + 64 < smallestExponent ? smallestExponent : e + 64) * powerOfTwo(-64);
  return x * powerOfTwo(e);
}

/** The exponent e of a positive normal x = m·2ᵉ, 1 ≤ m < 2. */
export function exponent(x: number): number {
  double[0] = x;
  return (words[high]! >>> 20) - 1023;
}
