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
import type { OperationContext } from './context.js';
import { type KnownOperations, unknownOperation } from './known-operations.js';
import { type Limits, measured } from './limits.js';
import { tooNested } from './nesting.js';

export interface Reading {
  readonly schema: GraphQLSchema;
  readonly limits: Limits;
  /** The only operations that are answered; null for any. */
  readonly known: KnownOperations | null;
}

/** What a client asks for on a socket, held against the same limits as what it asks for by HTTP. */
export function readSubscription(
  { schema, limits, known }: Reading,
  { query, operationName, variables }: SubscribePayload,
  contextValue: OperationContext,
): ExecutionArgs | readonly GraphQLError[] {
  try {
    const nested = tooNested(query, limits.tokens);
    if (nested) return [nested];
    const document = parse(query, { maxLexicalTokens: limits.tokens });
    const invalid = validate(schema, document);
    if (invalid.length > 0) return invalid.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
    const operation = getOperationAST(document, operationName);
    if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) {
      return [refusal('BAD_REQUEST', 'a socket carries subscriptions; send queries and mutations by HTTP')];
    }
    if (known !== null && !known.has(document)) return [unknownOperation()];
    const { complaint } = measured(limits, schema, document, operation, variables ?? {});
    if (complaint) return [complaint];
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

export const refusal = (code: string, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code } });

const withCode = ({ message, nodes }: GraphQLError, code: string): GraphQLError =>
  new GraphQLError(message, { ...(nodes && { nodes }), extensions: { code } });
