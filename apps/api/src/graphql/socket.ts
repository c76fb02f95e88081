import { type ExecutionArgs, type ExecutionResult, type GraphQLSchema, subscribe } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import type { IncomingMessage, Server } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import { addressOf } from '../access/address.js';
import type { Identify } from '../access/bearer.js';
import { scopeOf } from '../access/identity.js';
import { inScope, iterateInScope } from '../access/in-scope.js';
import type { ApiSettings } from '../parts.js';
import type { Rates } from '../rate/rates.js';
import type { OperationContext } from './context.js';
import { errorForClient } from './errors.js';
import { limitsOf } from './limits.js';
import { newLoaders } from './loaders.js';
import type { ContextParts } from './operation-context.js';
import { type Reading, readSubscription, refusal } from './read-subscription.js';
import { OpenSockets, type SocketCare } from './socket-care.js';

export interface SocketParts extends ContextParts, Pick<Reading, 'schema' | 'known'> {
  readonly schema: GraphQLSchema;
  readonly log: Logger;
  readonly care: SocketCare;
  readonly identify: Identify;
  readonly rates: Rates;
  readonly settings: ApiSettings;
}

const path = '/graphql';
const largestMessage = 64 * 1024;
const mostSubscriptions = 100;

/**
 * Subscriptions by graphql-ws, for those who show a valid token when they connect. Only subscriptions: everything
 * else has one way in, which is HTTP.
 */
export function openSocket(server: Server, parts: SocketParts): { close(): Promise<void> } {
  const { engine, summaries, ending, log, care, identify, rates, settings } = parts;
  const reading: Reading = { schema: parts.schema, known: parts.known, limits: limitsOf(settings) };
  const forClient = errorForClient(log);
  const open = new OpenSockets(identify, care, log);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage });
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (!(socket instanceof Socket)) {
      socket.destroy();
      return;
    }
    if (request.url?.split('?')[0] !== path) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      open.add(opened, socket);
      sockets.emit('connection', opened, request);
    });
  };
  const disposable = useServer(
    {
      onConnect: async ({ connectionParams, extra: { socket, request } }) => {
        const authorization = connectionParams?.['authorization'];
        const caller = await identify(authorization).catch(() => null);
        if (caller) open.admit(socket, caller, authorization);
        else await rates.spend({ kind: 'stranger', address: addressOf(request, settings.proxies) });
        // False closes the socket with 4403.
        return caller !== null;
      },
      onSubscribe: async ({ extra, subscriptions }, _id, payload) => {
        const caller = open.callerOf(extra.socket);
        if (!caller) return [refusal('UNAUTHENTICATED', 'this socket was opened without a valid token')];
        if (Object.keys(subscriptions).length > mostSubscriptions) {
          return [
            refusal('QUERY_TOO_LARGE', `a socket carries ${mostSubscriptions} subscriptions; open another`),
          ];
        }
        if (!(await rates.spend({ kind: 'token', token: caller })).allowed) {
          return [refusal('TOO_MANY_REQUESTS', 'More requests came than are answered: wait a moment')];
        }
        const context = inScope(scopeOf(caller), () => ({
          token: caller,
          loaders: newLoaders(engine.store, summaries),
          gone: ending,
          moment: null,
          answer: { unshared: true },
          // Paid for when it was asked for.
          charge: () => Promise.resolve(),
          req: extra.request,
        }));
        return readSubscription(reading, payload, context);
      },
      subscribe: (args: ExecutionArgs) => subscribeInScope(args),
      onError: (_context, _id, _payload, errors) => errors.map((error) => forClient(error.toJSON(), error)),
      onNext: (_context, _id, _payload, _args, { data = null, errors }) =>
        errors ? { data, errors: errors.map((error) => forClient(error.toJSON(), error)) } : undefined,
    },
    sockets,
  );
  server.on('upgrade', upgrade);
  return {
    close: async () => {
      server.off('upgrade', upgrade);
      open.close();
      await disposable.dispose();
      sockets.close();
    },
  };
}

/** Each event is read and resolved as the caller may see it, whatever it was that woke the iterator. */
async function subscribeInScope(
  args: ExecutionArgs,
): Promise<ExecutionResult | AsyncIterable<ExecutionResult>> {
  const { token } = args.contextValue as OperationContext;
  if (token === null) throw new Error('a subscription without a caller');
  const scope = scopeOf(token);
  const found = await inScope(scope, () => subscribe(args));
  return Symbol.asyncIterator in found ? iterateInScope(scope, found) : found;
}
