import type { ApolloServerPlugin } from '@apollo/server';
import type { OperationContext } from './context.js';
import { type Limits, measured } from './limits.js';

/**
 * Refuses an operation that asks for too much, once it is known to be valid and before any of it runs; and has one that asks
 * for much pay for it.
 */
export const limitsPlugin = (limits: Limits): ApolloServerPlugin => ({
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: async ({ schema, document, operation, request, contextValue }) => {
        if (!operation) return;
        const { cost, complaint } = measured(limits, schema, document, operation, request.variables ?? {});
        if (complaint) throw complaint;
        await (contextValue as OperationContext).charge(cost);
      },
    }),
});
