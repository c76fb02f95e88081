import { expect } from '@jest/globals';

/** Every value within `tolerance` of the expected one, in units of the largest of them. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-9): void {
  expect(actual.length).toBe(expected.length);
  const size = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const errors = Array.from(expected, (value, i) => Math.abs(actual[i]! - value) / size);
  expect(Math.max(...errors.map((error) => (Number.isNaN(error) ? Infinity : error)))).toBeLessThanOrEqual(
    tolerance,
  );
}
