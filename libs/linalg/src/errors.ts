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
