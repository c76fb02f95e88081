// Jest hands this to whoever imports fast-check.
import fc from '../../node_modules/fast-check/lib/cjs/fast-check.js';
import { seed } from './seed.js';

fc.configureGlobal({ seed });

export default fc;
export * from '../../node_modules/fast-check/lib/cjs/fast-check.js';
