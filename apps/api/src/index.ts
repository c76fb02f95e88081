export { bootApi, type BootOptions, type RunningApi } from './boot.js';
export type { ApiSettings } from './parts.js';
