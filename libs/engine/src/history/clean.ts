const unknown = '\ufffd';

/** Text of a table as it can be kept: without NUL, and without halves of surrogate pairs where it was cut. */
export function clean(text: string, longest = text.length): string {
  const short = text.length > longest ? text.slice(0, longest) : text;
  if (!strange.test(short)) return short;
  return short.replaceAll('\0', unknown).replaceAll(/\p{Surrogate}/gu, unknown);
}

/** Pairs of surrogates too, which are kept. */
const strange = /[\0\ud800-\udfff]/;
