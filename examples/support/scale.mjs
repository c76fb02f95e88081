/** From numbers to places: linear, logarithmic, and bands of names; with the ticks that a reader expects. */
const log10 = (x) => Math.log10(x);

export function linear([low, high], [from, to]) {
  const place = (value) => from + ((value - low) / (high - low)) * (to - from);
  return { place, ticks: (count) => niceTicks(low, high, count), domain: [low, high] };
}

export function logarithmic([low, high], [from, to]) {
  const place = (value) => from + ((log10(value) - log10(low)) / (log10(high) - log10(low))) * (to - from);
  return { place, ticks: () => decades(low, high), domain: [low, high], isLog: true };
}

/** `gap`: the share of a band that stays empty. */
export function bands(names, [from, to], gap = 0.3) {
  const step = (to - from) / names.length;
  const middle = (name) => from + (names.indexOf(name) + 0.5) * step;
  return {
    place: middle,
    ticks: () => names,
    domain: names,
    width: Math.abs(step) * (1 - gap),
    isBand: true,
  };
}

export function niceTicks(low, high, count = 5) {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((nice) => nice * power >= rough * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function decades(low, high) {
  const first = Math.ceil(log10(low) - 1e-9);
  const last = Math.floor(log10(high) + 1e-9);
  const every = Math.max(1, Math.ceil((last - first + 1) / 8));
  const whole = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
    .filter((power) => power % every === 0)
    .map((power) => 10 ** power);
  if (whole.length > 2) return whole;
  // Few decades: some within each.
  const digits = whole.length > 1 ? [1, 3] : [1, 2, 5];
  return Array.from({ length: last - first + 3 }, (_, i) => first - 1 + i)
    .flatMap((power) => digits.map((digit) => digit * 10 ** power))
    .filter((value) => value >= low * 0.999 && value <= high * 1.001);
}

/** A domain with a little room at both ends. */
export function roomy(values, { share = 0.06, zero = false, log = false } = {}) {
  const finite = values.filter(Number.isFinite);
  let [low, high] = [Math.min(...finite), Math.max(...finite)];
  if (log) {
    const room = share * Math.max(log10(high) - log10(low), 0.3);
    return [10 ** (log10(low) - room), 10 ** (log10(high) + room)];
  }
  const room = share * (high - low || Math.abs(high) || 1);
  if (zero) low = Math.min(0, low);
  return [zero && low === 0 ? 0 : low - room, high + room];
}

const raised = { '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' };
const superscript = (power) => [...String(power)].map((sign) => raised[sign]).join('');

/** 0.25, 1 200, 10⁻⁴, 2 × 10⁻⁵: what fits a tick; `log` for the ticks of a logarithmic scale. */
export function told(value, log = false) {
  if (typeof value !== 'number') return String(value);
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (log ? size < 0.01 || size >= 10_000 : size < 1e-3 || size >= 1e6) {
    const power = Math.floor(log10(size) + 1e-9);
    const digits = Number((value / 10 ** power).toPrecision(3));
    return digits === 1 ? `10${superscript(power)}` : `${digits} × 10${superscript(power)}`;
  }
  const plain = String(Number(value.toPrecision(6))).replace('-', '−');
  return size >= 10_000 ? plain.replace(/\B(?=(\d{3})+$)/g, ' ') : plain;
}
