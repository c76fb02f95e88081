export { activationEnergy, conductivityTruth, madeUpLandscape, type Ternary } from './physics.js';
export { simulateLab, stages, type SimulatedLab } from './simulated-lab.js';
