import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, OperationTypeNode } from 'graphql';
import type { OperationContext } from './context.js';
import { type Limits, measured } from './limits.js';

/**
 * Refuses an operation that asks for too much or comes by the wrong way, once it is known to be valid and before any of it
 * runs; and has one that asks for much pay for it.
 */
export const limitsPlugin = (limits: Limits): ApolloServerPlugin => ({
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: async ({ schema, document, operation, request, contextValue }) => {
        if (!operation) return;
        if (operation.operation === OperationTypeNode.SUBSCRIPTION) throw onSocketsOnly();
        const { cost, complaint } = measured(limits, schema, document, operation, request.variables ?? {});
        if (complaint) throw complaint;
        await (contextValue as OperationContext).charge(cost);
      },
    }),
});

const onSocketsOnly = (): GraphQLError =>
  new GraphQLError('a subscription is sent on a socket (graphql-ws), at this same path', {
    extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
  });
