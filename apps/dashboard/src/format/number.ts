/** A number as it is written by hand: sign, digits, and a power of ten where one helps. */
export interface Written {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number | null;
}

const minus = '\u2212';
const superscripts: Readonly<Record<string, string>> = {
  '-': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
};

export const superscript = (exponent: number): string =>
  String(exponent).replaceAll(/[-\d]/g, (character) => superscripts[character] ?? character);

/** The power of ten a value reads best with; 0 where plain digits do. */
export function exponentOf(value: number, significant = 3): number {
  if (value === 0 || !Number.isFinite(value)) return 0;
  const exponent = Number(value.toExponential(significant - 1).split('e')[1]);
  return exponent < -2 || exponent >= 5 ? exponent : 0;
}

export function write(value: number, significant = 3): Written {
  const negative = value < 0;
  const size = Math.abs(value);
  const exponent = exponentOf(size, significant);
  if (exponent === 0) return { negative, digits: plainDigits(size, significant), exponent: null };
  return { negative, digits: size.toExponential(significant - 1).split('e')[0] ?? '', exponent };
}

/** Digits of a value that shares its power of ten with others: 0.00004 at 10⁻³ is "0.040". */
export function digitsAt(value: number, exponent: number, significant: number): string {
  const scaled = value / 10 ** exponent;
  const size = Math.abs(scaled);
  if (size >= 1e5) return numberText(scaled, significant);
  if (size < 1e-3) return '0';
  return (scaled < 0 ? minus : '') + plainDigits(size, significant);
}

function plainDigits(size: number, significant: number): string {
  if (size === 0) return '0';
  if (size >= 10 ** (significant - 1)) return String(Math.round(size));
  const rounded = Number(size.toPrecision(significant));
  const whole = Math.floor(Math.log10(rounded)) + 1;
  return rounded.toFixed(Math.max(0, Math.min(significant - whole, 8)));
}

/** "1.2 × 10⁻³", for places that take text alone. */
export function numberText(value: number, significant = 3): string {
  if (!Number.isFinite(value)) return '–';
  const { negative, digits, exponent } = write(value, significant);
  const sign = negative ? minus : '';
  return exponent === null ? sign + digits : `${sign}${digits} × 10${superscript(exponent)}`;
}

export const withUnit = (text: string, unit: string): string => (unit === '' ? text : `${text} ${unit}`);

export const quantityText = (value: number, unit: string, significant = 3): string =>
  withUnit(numberText(value, significant), unit);

export const percentText = (share: number): string => `${Math.round(share * 100)} %`;

/** A tick's number, no longer than it must be: 0.2, not 0.200. */
export const tickText = (value: number): string =>
  exponentOf(value) === 0 ? String(Number(value.toPrecision(4))).replace('-', minus) : numberText(value, 2);

/** Ticks of a log axis: 10⁻³, and 2 × 10⁻³ between decades. */
export function powerTick(value: number): string {
  const exponent = Math.floor(Math.log10(value) + 1e-9);
  const lead = Math.round(value / 10 ** exponent);
  return lead === 1 ? `10${superscript(exponent)}` : `${lead} × 10${superscript(exponent)}`;
}

/** "0.2800 ± 0.0015": the error with two digits, the value with as many decimals. */
export function withErrorText(value: number, error: number): string {
  if (!(error > 0) || !Number.isFinite(error)) return numberText(value);
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(error)));
  if (decimals > 6) return `${numberText(value)} ± ${numberText(error, 2)}`;
  return `${value.toFixed(decimals).replace('-', minus)} ± ${error.toFixed(decimals)}`;
}

/** A count with its thousands apart: 17 415. */
export const countText = (count: number): string =>
  Number.isSafeInteger(count) ? String(count).replaceAll(/\B(?=(\d{3})+$)/g, '\u202f') : numberText(count);

/** A share that keeps what is small: 12 %, 0.03 %, < 0.01 %. */
export function shareText(share: number): string {
  const percent = 100 * share;
  if (percent === 0 || percent === 100) return `${percent} %`;
  if (percent < 0.01) return '< 0.01 %';
  if (percent > 99.9) return '> 99.9 %';
  return percent < 10 || percent > 99
    ? `${Number(percent.toPrecision(percent > 99 ? 3 : 2))} %`
    : `${Math.round(percent)} %`;
}
