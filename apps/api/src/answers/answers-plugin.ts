import type { ApolloServerPlugin, GraphQLRequestContext, GraphQLResponse } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import { type FormattedExecutionResult, OperationTypeNode } from 'graphql';
import type { OperationContext } from '../graphql/context.js';
import type { Answer, KeptAnswers, Leader } from './kept-answers.js';

export interface AnswersParts {
  readonly answers: KeptAnswers;
  /** Told of each query, whether it was worked out or was there already. */
  readonly onAnswer: (from: 'kept' | 'made') => void;
}

type Asked = GraphQLRequestContext<OperationContext>;

/**
 * Has each question answered once for a moment of the record and a kind of caller. All that comes before an answer is done
 * for everybody: who they are, whether the operation is let and not too large, what it costs them.
 */
export const answersPlugin = ({ answers, onAnswer }: AnswersParts): ApolloServerPlugin<OperationContext> => ({
  requestDidStart: () => {
    let leader: Leader | null = null;
    return Promise.resolve({
      responseForOperation: async (asked: Asked) => {
        // Undefined, whatever its type says, where the document has several and none of them was named.
        if (asked.operation?.operation !== OperationTypeNode.QUERY) return null;
        const { moment } = asked.contextValue;
        if (moment === null) return null;
        const question = questionOf(asked);
        const known = await answers.find(question, moment);
        onAnswer(known === null ? 'made' : 'kept');
        if (known !== null) return responseOf(known);
        const led = answers.lead(question, moment);
        leader = led;
        // Whatever goes wrong on the way: nobody waits for one who has gone.
        asked.contextValue.gone.addEventListener('abort', () => led.end(null), { once: true });
        return null;
      },
      willSendResponse: ({ response: { body }, contextValue }) => {
        if (leader !== null) {
          const shared = body.kind === 'single' && !contextValue.answer.unshared;
          leader.end(shared ? answerOf(body.singleResult) : null);
        }
        return Promise.resolve();
      },
    });
  },
});

/** Two callers for whom this is the same may see the same, and are let do the same. */
function questionOf({ contextValue: { token }, queryHash, request }: Asked): string {
  const who = token && [token.workspace, token.campaign, token.role, token.instance, token.station];
  return JSON.stringify([who, queryHash, request.operationName, request.variables]);
}

/** Who comes with an error may have more luck the next time. */
function answerOf(result: FormattedExecutionResult): Answer | null {
  const { data, errors } = result;
  if (errors !== undefined || data == null) return null;
  const text = textOf(result);
  texts.set(data, text);
  return { result, text };
}

const responseOf = ({ result }: Answer): GraphQLResponse => ({
  http: { headers: new HeaderMap() },
  body: { kind: 'single', singleResult: result },
});

const texts = new WeakMap<object, string>();

/** For Apollo, which puts each result together anew and keeps its data: what has been written is not written again. */
export function textOf(result: FormattedExecutionResult): string {
  const { data, errors } = result;
  const known = data != null && errors === undefined ? texts.get(data) : undefined;
  return known ?? `${JSON.stringify(result)}\n`;
}
