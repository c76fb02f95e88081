import { invalidInput } from '@ionloop/domain';

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];
export const isEncoding = (text: string): text is Encoding => (encodings as readonly string[]).includes(text);

export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

export type Decimal = 'point' | 'comma';

/**
 * What becomes of rows whose point does not lie in the space: wrong, left out, or kept as knowledge: models learn from
 * them as far as they see such a point, and nothing is ever proposed there.
 */
export const outsidePolicies = ['refuse', 'skip', 'keep'] as const;
export type OutsidePolicy = (typeof outsidePolicies)[number];

/** How a table is to be understood, where it is not as it looks. */
export interface HistoryOptions {
  /** What columns mean, by their headers: a parameter, a component, a property with its unit, `outcome` … or `ignore`. */
  readonly map?: Readonly<Record<string, string>>;
  readonly encoding?: Encoding;
  readonly delimiter?: Delimiter;
  readonly decimal?: Decimal;
  /** Import the rows that can be, and only list the others. */
  readonly skipBad?: boolean;
  /** Keep values outside of what is plausible; they are flagged. */
  readonly force?: boolean;
  /** Take rows that say the same twice for two measurements. */
  readonly keepDuplicates?: boolean;
  /** `refuse` where it is left out. */
  readonly outside?: OutsidePolicy;
}

export function checkOptions({ delimiter, encoding, decimal, outside }: HistoryOptions): void {
  refuseUnknown('delimiter', delimiter, delimiters);
  refuseUnknown('encoding', encoding, encodings);
  refuseUnknown('decimal', decimal, ['point', 'comma']);
  refuseUnknown('outside', outside, outsidePolicies);
}

function refuseUnknown(field: string, value: string | undefined, known: readonly string[]): void {
  if (value === undefined || known.includes(value)) return;
  throw invalidInput(field, `${field} must be one of ${known.map((one) => JSON.stringify(one)).join(', ')}`);
}
