import type { JobsOptions } from 'bullmq';

/** How much of what is done stays to be looked at. Answers must outlive the moment in which they are picked up. */
export const history = {
  removeOnComplete: { age: 300, count: 200 },
  removeOnFail: { age: 7 * 86_400, count: 500 },
} as const satisfies JobsOptions;
