import { createClient as createSocket, type Client as SocketClient } from 'graphql-ws';
import { cacheExchange, Client, type CombinedError, fetchExchange, mapExchange } from 'urql';
import { patientFetch, reach } from './reach.js';
import type { Session } from './session.js';
import { sessionStore } from './session-store.js';

const refused = (error: CombinedError): boolean => {
  const response: unknown = error.response;
  return (
    (response instanceof Response && response.status === 401) ||
    error.graphQLErrors.some(({ extensions }) => extensions['code'] === 'UNAUTHENTICATED')
  );
};

/** Nobody answered, or a proxy in the place of the server. */
function isSilent(error: CombinedError | undefined): boolean {
  const response: unknown = error?.response;
  return error?.networkError !== undefined && (!(response instanceof Response) || response.status >= 502);
}

export const createGraphqlClient = (session: Session): Client =>
  new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetch: patientFetch,
    exchanges: [
      mapExchange({
        onError: (error) => {
          if (refused(error)) sessionStore.end();
        },
        onResult: (result) => {
          if (isSilent(result.error)) reach.silent();
          else if (result.error === undefined) reach.answered();
        },
      }),
      cacheExchange,
      fetchExchange,
    ],
    requestPolicy: 'cache-and-network',
    fetchOptions: { headers: { authorization: `Bearer ${session.secret}` } },
  });

/** Reconnecting is the feed's business: it knows after which event to go on. */
export const createSubscriptions = (session: Session): SocketClient =>
  createSocket({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: { authorization: `Bearer ${session.secret}` },
    retryAttempts: 0,
    keepAlive: 15_000,
    lazy: true,
  });
