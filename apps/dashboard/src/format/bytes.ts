import { tickText } from './number.js';

const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** "3.2 kB": as large as a file is, in the unit it reads best with. */
export function bytesText(bytes: number): string {
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const scaled = bytes / 1000 ** step;
  return `${step === 0 ? bytes : tickText(Number(scaled.toPrecision(2)))} ${units[step] ?? 'bytes'}`;
}
