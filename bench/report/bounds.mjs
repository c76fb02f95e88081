/** What a bench measured over what it must be, so that 1 is the bound and less is better; things that are no numbers are left out. */
export function boundsOf(bench, { checks = [] }) {
  return checks.flatMap(
    ({ what, value, measured = value, limit, sign = limit, passed, reached = passed }) => {
      const [is, bound] = [numberOf(measured), numberOf(limit)];
      if (is === null || bound === null || is <= 0 || bound <= 0) return [];
      const atLeast = /[≥>]/.test(String(sign));
      if (!atLeast && !/[≤<]/.test(String(sign))) return [];
      return [{ bench, what, over: atLeast ? bound / is : is / bound, reached: reached === true }];
    },
  );
}

function numberOf(value) {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  const match = /-?\d+(\.\d+)?(e-?\d+)?/.exec(String(value));
  return match === null ? null : Number(match[0]);
}
