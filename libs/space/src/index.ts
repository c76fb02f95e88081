export type { BlockKind } from './part.js';
export type { Block } from './columns.js';
export { distanceBy, type Distance } from './distance.js';
export { openSpace, type Space } from './space.js';
export { parseSpaceSpec } from './parse.js';
export { parseStreamSpec } from './stream/parse.js';
export type { SpaceStreamSpec, StreamSpec, SubstitutionSpec } from './stream/spec.js';
export type { Stream, StreamBlock } from './stream/contract.js';
export { openStream } from './stream/stream.js';
