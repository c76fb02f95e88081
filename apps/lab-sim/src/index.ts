export { activationEnergy, conductivityTruth, madeUpLandscape, type Ternary } from './physics.js';
export { simulateLab, type SimulatedLab } from './simulated-lab.js';
