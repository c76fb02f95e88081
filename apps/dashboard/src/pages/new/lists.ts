export const replaced = <T>(list: readonly T[], index: number, value: T): readonly T[] =>
  list.map((entry, i) => (i === index ? value : entry));

export const without = <T>(list: readonly T[], index: number): readonly T[] =>
  list.filter((_, i) => i !== index);
