export * from './ports.js';
export * from './planner-port.js';
export * from './deps.js';
