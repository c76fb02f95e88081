/** What is added to the diagonal, in turn, in units of the mean of the absolute diagonal, until a matrix is positive definite. */
export const jitterLadder: readonly number[] = [0, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4];
