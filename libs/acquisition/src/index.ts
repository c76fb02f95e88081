export type { Acquisition, AcquisitionContext } from './contract.js';
export { ei, logEi, logEiH, logPi, pi, ucb } from './improvement.js';
export { logExpectedImprovement } from './logExpectedImprovement.js';
export { probabilityOfImprovement } from './probabilityOfImprovement.js';
export { thompsonSampling } from './thompsonSampling.js';
export { upperConfidenceBound } from './upperConfidenceBound.js';
export { argsortDescending } from './argsortDescending.js';
