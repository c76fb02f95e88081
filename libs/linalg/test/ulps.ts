const view = new DataView(new ArrayBuffer(8));

/** The place of a double in the order of all doubles. */
function place(x: number): bigint {
  view.setFloat64(0, x);
  const bits = view.getBigInt64(0);
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
}

/** How many doubles lie between a and b. */
export function ulps(a: number, b: number): number {
  const distance = place(a) - place(b);
  return Number(distance < 0n ? -distance : distance);
}

/** The distance from |y| to the next larger double. */
export function ulp(y: number): number {
  view.setFloat64(0, Math.abs(y));
  view.setBigInt64(0, view.getBigInt64(0) + 1n);
  return view.getFloat64(0) - Math.abs(y);
}
