export * from './artifact-files-contract.js';
export * from './engine-contract.js';
export * from './loop.js';
export * from './store-contract.js';
export * from './store-story.js';
export * from './ability-contract.js';
export * from './task-contract.js';
