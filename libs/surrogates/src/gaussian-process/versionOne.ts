import { log, singleKernel, type Kernel } from '@ionloop/linalg';
import type { SurrogateJson } from '../contract.js';
import { fieldsFrom, numberFrom, numbersFrom } from '../json.js';
import { requireKernelName } from './kernels.js';

/** The kernel and θ of a model written by the first version, which had one part and named its hyperparameters. */
export function readVersionOne(
  json: SurrogateJson,
  dimension: number,
): { kernel: Kernel; theta: Float64Array } {
  const kernel = singleKernel(requireKernelName('json.kernel', json['kernel']), dimension);
  const hyper = fieldsFrom('json.hyperparameters', json['hyperparameters']);
  const number = (field: string) => numberFrom(`json.hyperparameters.${field}`, hyper[field]);
  const lengthscales = numbersFrom('json.hyperparameters.lengthscales', hyper['lengthscales']);
  const theta = Float64Array.of(
    log(number('signalVariance')),
    ...lengthscales.map((value) => log(value)),
    log(number('noiseVariance')),
    number('mean'),
  );
  return { kernel, theta };
}
