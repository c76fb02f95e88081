/**
 * The ternary of example 2 where a third of the melts crystallise: those rich in sulfate or poor in borate, up to close beside the best glass. What crystallises is a failed sample:
 * it says where no glass forms, and nothing about conductivity.
 */
import { conductivityTruth } from '@ionloop/lab-sim';

export const truth = ({ composition }) => conductivityTruth(composition, 300);

export const crystallises = ({ composition: { Li3BO3, Li2SO4 } }) =>
  Li2SO4 > 0.66 || Li3BO3 < 0.08 + 0.1 * Li2SO4;

export const noise = 0.06;
