const view = new DataView(new ArrayBuffer(8));

/** The distance from |y| to the next larger double. */
export function ulp(y: number): number {
  view.setFloat64(0, Math.abs(y));
  view.setBigInt64(0, view.getBigInt64(0) + 1n);
  return view.getFloat64(0) - Math.abs(y);
}
