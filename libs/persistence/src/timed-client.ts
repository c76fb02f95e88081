import { Client } from 'pg';

type Query = (...args: readonly unknown[]) => unknown;

export type OnStatement = (seconds: number, failed: boolean) => void;

/** A connection that tells how long its statements took, from being sent to being answered. */
export function timedClient(onStatement: OnStatement): typeof Client {
  class TimedClient extends Client {
    override query(...args: unknown[]): never {
      const startedAt = performance.now();
      const told = (failed: boolean) => (): void =>
        onStatement((performance.now() - startedAt) / 1000, failed);
      const answer = (super.query as unknown as Query).apply(this, args);
      if (answer instanceof Promise) answer.then(told(false), told(true));
      return answer as never;
    }
  }
  return TimedClient;
}
