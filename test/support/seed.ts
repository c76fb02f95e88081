const usual = 20_261_121;

/** What tests draw at random comes from one seed, the same at each run; IONLOOP_SEED names another. */
export const seed = seedOf(process.env['IONLOOP_SEED']);

export function seedOf(text: string | undefined): number {
  if (text === undefined || text === '') return usual;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number >= 2 ** 31)
    throw new Error(`IONLOOP_SEED is to be a whole number below 2147483648, and is ${text}`);
  return number;
}
