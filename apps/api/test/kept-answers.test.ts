import { ApolloServer } from '@apollo/server';
import { describe, expect, it } from '@jest/globals';
import { answersPlugin } from '../src/answers/answers-plugin.js';
import { type Answer, KeptAnswers } from '../src/answers/kept-answers.js';
import type { OperationContext } from '../src/graphql/context.js';

const said = (text: string): Answer => ({ result: { data: { text } }, text });

function kept() {
  const clock = { now: 100 };
  return { clock, answers: new KeptAnswers(() => clock.now) };
}

describe('kept answers', () => {
  it('are given to who asks the same at the same moment', async () => {
    const { answers } = kept();
    expect(answers.find('q', 'a')).toBeNull();
    answers.lead('q', 'a').end(said('one'));
    expect(await answers.find('q', 'a')).toEqual(said('one'));
    expect(answers.find('q', 'b')).toBeNull();
    expect(answers.find('p', 'a')).toBeNull();
  });

  it('are waited for while they are on their way, however long that takes', async () => {
    const { answers, clock } = kept();
    const leader = answers.lead('q', 'a');
    clock.now += 30;
    const waiting = answers.find('q', 'a');
    leader.end(said('at last'));
    expect(await waiting).toEqual(said('at last'));
    // It was begun too long ago to be given to those who come now.
    expect(answers.find('q', 'a')).toBeNull();
  });

  it('are not there for those who waited for one that nobody else may have', async () => {
    const { answers } = kept();
    const leader = answers.lead('q', 'a');
    const waiting = answers.find('q', 'a');
    leader.end(null);
    expect(await waiting).toBeNull();
    expect(answers.find('q', 'a')).toBeNull();
  });

  it('stay what they were when their leader ends once more', async () => {
    const { answers } = kept();
    const leader = answers.lead('q', 'a');
    leader.end(said('one'));
    leader.end(null);
    expect(await answers.find('q', 'a')).toEqual(said('one'));
  });

  it('are not waited for when their leader leaves without a word', async () => {
    const gone = [new AbortController(), new AbortController()];
    const { answers } = kept();
    const server = new ApolloServer<OperationContext>({
      typeDefs: 'type Query { one: Int }',
      resolvers: { Query: { one: () => 1 } },
      plugins: [
        answersPlugin({ answers, onAnswer: () => undefined }),
        {
          requestDidStart: () =>
            Promise.resolve({ executionDidStart: () => Promise.reject(new Error('lost')) }),
        },
      ],
    });
    const ask = (signal: AbortSignal): Promise<unknown> => {
      const contextValue = { token: null, moment: 'a', answer: { unshared: false }, gone: signal };
      return server
        .executeOperation({ query: '{ one }' }, { contextValue: contextValue as unknown as OperationContext })
        .catch(() => 'failed');
    };
    await ask(gone[0]!.signal);
    const next = ask(gone[1]!.signal);
    gone[0]!.abort();
    // Before, it waited for ever.
    expect(await next).toBeDefined();
    await server.stop();
  });

  it('hold for less than a second', async () => {
    const { answers, clock } = kept();
    answers.lead('q', 'a').end(said('one'));
    clock.now += 0.999;
    expect(await answers.find('q', 'a')).toEqual(said('one'));
    clock.now += 0.001;
    expect(answers.find('q', 'a')).toBeNull();
  });

  it('of an earlier moment do not take the place of a later one’s', async () => {
    const { answers } = kept();
    const early = answers.lead('q', 'a');
    const late = answers.lead('q', 'b');
    late.end(said('new'));
    early.end(said('old'));
    expect(await answers.find('q', 'b')).toEqual(said('new'));
    expect(answers.find('q', 'a')).toBeNull();
  });

  it('make room: what is over goes first, then what was begun first', async () => {
    const { answers, clock } = kept();
    const long = said('x'.repeat(10_000_000));
    for (const question of ['1', '2', '3', '4']) answers.lead(question, 'a').end(long);
    expect(answers.find('1', 'a')).toBeNull();
    expect(await answers.find('2', 'a')).toBe(await answers.find('2', 'a'));
    expect(await answers.find('4', 'a')).toEqual(long);
    clock.now += 1;
    answers.lead('5', 'a').end(long);
    clock.now += 0.5;
    for (const question of ['6', '7']) answers.lead(question, 'a').end(long);
    expect(await answers.find('5', 'a')).toEqual(long);
    expect(await answers.find('7', 'a')).toEqual(long);
  });
});
