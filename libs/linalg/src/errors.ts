/** An argument that cannot be used as it is; `argument` names it, the message says why in a sentence. */
export class InvalidArgumentError extends Error {
  override readonly name = 'InvalidArgumentError';

  constructor(
    readonly argument: string,
    reason: string,
  ) {
    super(`${argument} ${reason}`);
  }
}

/** A matrix that stays indefinite even with the largest jitter of the ladder. */
export class NotPositiveDefiniteError extends Error {
  override readonly name = 'NotPositiveDefiniteError';

  constructor(
    readonly argument: string,
    readonly largestJitter: number,
  ) {
    super(`${argument} is not positive definite, even with ${largestJitter} added to its diagonal`);
  }
}

/** A computation that does not fit the numerical core's memory. */
export class OutOfMemoryError extends Error {
  override readonly name = 'OutOfMemoryError';

  constructor(
    readonly neededBytes: number,
    readonly availableBytes: number,
  ) {
    super(
      `the computation needs ${megabytes(neededBytes)} MB, and the numerical core has ${megabytes(availableBytes)} MB: use fewer rows`,
    );
  }
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1048576);
}
