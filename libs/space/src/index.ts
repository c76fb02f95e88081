export { openSpace, type Space } from './space.js';
export { parseSpaceSpec } from './parse.js';
