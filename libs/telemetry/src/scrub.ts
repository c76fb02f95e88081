/** Hides what must not stand in a log: passwords in connection strings, bearer tokens. */
export const scrub = (text: string): string =>
  text
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"']*@/gi, '$1***@')
    .replace(/\b(bearer)(\s+|%20)[\w.~+/=-]+/gi, '$1 ***')
    .replace(/\b((?:password|passwd|secret|token|authorization)["']?\s*[=:]\s*["']?)[^\s"',;&]+/gi, '$1***');
