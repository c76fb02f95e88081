import type { ApolloServerPlugin } from '@apollo/server';
import { type Limits, tooMuch } from './limits.js';

/** Refuses an operation that asks for too much, once it is known to be valid and before any of it runs. */
export const limitsPlugin = (limits: Limits): ApolloServerPlugin => ({
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ schema, document, operation, request }) => {
        const complaint = operation && tooMuch(limits, schema, document, operation, request.variables ?? {});
        return complaint ? Promise.reject(complaint) : Promise.resolve();
      },
    }),
});
