import { GraphQLError } from 'graphql';

/** A number of an argument within its range; a wrong one is the client's error, with the argument's name. */
export function count(value: number, argument: string, { min, max }: { min: number; max: number }): number {
  if (value >= min && value <= max) return value;
  throw new GraphQLError(`${argument} is ${value}; it must lie between ${min} and ${max}`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}
