export type { BlockKind } from './part.js';
export { openSpace, type Block, type Space } from './space.js';
export { parseSpaceSpec } from './parse.js';
