import { invalidInput, type Observation, type PlanRequest } from '@ionloop/domain';

/** Every number of every observation, named by its place where it is none. */
export function checkObservations({ observations, objectives, constraints = [] }: PlanRequest): void {
  observations.forEach((observation, i) => {
    const { values, variances, limited, source = 0 } = observation;
    requireCount(i, 'values', values, objectives.length, 'objectives');
    requireCount(i, 'variances', variances, objectives.length, 'objectives');
    requireCount(i, 'limited', limited, constraints.length, 'constraints');
    for (const field of ['values', 'limited'] as const) {
      observation[field]?.forEach((value, k) => {
        if (value !== null && !Number.isFinite(value)) {
          throw invalidInput(
            `observations[${i}].${field}[${k}]`,
            `observation ${i} is ${value}; it must be a finite number`,
          );
        }
      });
    }
    variances?.forEach((variance, k) => {
      if (variance !== null && !(Number.isFinite(variance) && variance >= 0)) {
        throw invalidInput(
          `observations[${i}].variances[${k}]`,
          `the variance of observation ${i} is ${variance}; it must be finite and not negative`,
        );
      }
    });
    if (!(Number.isSafeInteger(source) && source >= 0 && source < 1000)) {
      throw invalidInput(
        `observations[${i}].source`,
        `the source of observation ${i} is ${source}; it must be a whole number from 0 to 999`,
      );
    }
  });
}

function requireCount(
  i: number,
  field: keyof Observation,
  given: readonly unknown[] | undefined,
  expected: number,
  of: string,
): void {
  if (given !== undefined && given.length !== expected) {
    throw invalidInput(
      `observations[${i}].${field}`,
      `observation ${i} has ${given.length} ${field}; there are ${expected} ${of}`,
    );
  }
}
