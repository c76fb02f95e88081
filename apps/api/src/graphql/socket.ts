import {
  type ExecutionArgs,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  OperationTypeNode,
  parse,
  validate,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import type { IncomingMessage, Server } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import { tokenOf } from '../access/bearer.js';
import type { OperationContext } from './context.js';
import { errorForClient } from './errors.js';
import { limits, tooMuch } from './limits.js';
import { newLoaders } from './loaders.js';
import type { ContextParts } from './operation-context.js';
import { OpenSockets, type SocketCare } from './socket-care.js';

export interface SocketParts extends ContextParts {
  readonly schema: GraphQLSchema;
  readonly log: Logger;
  readonly care: SocketCare;
}

const path = '/graphql';
const largestMessage = 64 * 1024;
const mostSubscriptions = 100;

/**
 * Subscriptions by graphql-ws, for those who show a valid token when they connect. Only subscriptions: everything
 * else has one way in, which is HTTP.
 */
export function openSocket(server: Server, parts: SocketParts): { close(): Promise<void> } {
  const { engine, summaries, ending, schema, log, care } = parts;
  const forClient = errorForClient(log);
  const open = new OpenSockets(engine.store.tokens, care, log);
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
      onConnect: async ({ connectionParams, extra }) => {
        const token = await tokenOf(engine, connectionParams?.['authorization']).catch(() => null);
        if (token) open.admit(extra.socket, token);
        // False closes the socket with 4403.
        return token !== null;
      },
      onSubscribe: ({ extra, subscriptions }, _id, payload) => {
        if (Object.keys(subscriptions).length > mostSubscriptions) {
          return [
            refusal('QUERY_TOO_LARGE', `a socket carries ${mostSubscriptions} subscriptions; open another`),
          ];
        }
        return readSubscription(schema, payload, {
          token: open.tokenOf(extra.socket),
          loaders: newLoaders(engine.store, summaries),
          gone: ending,
          req: extra.request,
        });
      },
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

function readSubscription(
  schema: GraphQLSchema,
  { query, operationName, variables }: SubscribePayload,
  contextValue: OperationContext,
): ExecutionArgs | readonly GraphQLError[] {
  try {
    const document = parse(query, { maxLexicalTokens: limits.tokens });
    const invalid = validate(schema, document);
    if (invalid.length > 0) return invalid.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
    const operation = getOperationAST(document, operationName);
    if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) {
      return [refusal('BAD_REQUEST', 'a socket carries subscriptions; send queries and mutations by HTTP')];
    }
    const large = tooMuch(schema, document, operation, variables ?? {});
    if (large) return [large];
    return {
      schema,
      document,
      operationName: operationName ?? null,
      variableValues: variables ?? {},
      contextValue,
    };
  } catch (error) {
    if (error instanceof GraphQLError) return [withCode(error, 'GRAPHQL_PARSE_FAILED')];
    throw error;
  }
}

const refusal = (code: string, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code } });

const withCode = ({ message, nodes }: GraphQLError, code: string): GraphQLError =>
  new GraphQLError(message, { ...(nodes && { nodes }), extensions: { code } });
