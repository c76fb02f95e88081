export { cases, conform, type ConformOptions, type Finding } from './conform.js';
export type { Case } from './case.js';
