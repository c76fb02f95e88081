import { GraphQLError } from 'graphql';

/** What the client asked for wrongly, in words that name it. */
export function refuse(message: string): never {
  throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
