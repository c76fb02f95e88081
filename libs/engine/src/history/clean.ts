const unknown = '\ufffd';

/** Text of a table as it can be kept: without NUL, and without halves of surrogate pairs where it was cut. */
export const clean = (text: string, longest = text.length): string =>
  text
    .slice(0, longest)
    .replaceAll('\0', unknown)
    .replaceAll(/\p{Surrogate}/gu, unknown);
