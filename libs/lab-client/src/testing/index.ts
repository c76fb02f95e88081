export {
  HostileLab,
  type AttemptRecord,
  type HostileLabOptions,
  type SeenRequest,
  type SeenUpload,
} from './hostile-lab.js';
export type { Fault, Verb } from './faults.js';
export { MemoryDisk, PowerCut, type Tear } from './memory-disk.js';
