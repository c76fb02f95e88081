import { InvalidArgumentError } from '@ionloop/linalg';

export function requireBest(best: number): void {
  if (!Number.isFinite(best)) throw new InvalidArgumentError('context.best', `must be finite, not ${best}`);
}
