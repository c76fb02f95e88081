import { describe, expect, it } from '@jest/globals';
import { Alike } from '../src/alike.js';

/** Questions that are answered when the test says so. */
function slowQuestion() {
  const answers: ((value: string) => void)[] = [];
  const failures: ((error: Error) => void)[] = [];
  const question = (): Promise<string> =>
    new Promise((answer, fail) => {
      answers.push(answer);
      failures.push(fail);
    });
  return { answers, failures, question };
}

const turns = async (): Promise<void> => {
  for (let i = 0; i < 5; i++) await Promise.resolve();
};

describe('the same question of many', () => {
  it('is asked once more for all who came while it was on its way', async () => {
    const alike = new Alike();
    const { answers, question } = slowQuestion();
    const first = alike.ask('a', question);
    const others = [alike.ask('a', question), alike.ask('a', question), alike.ask('a', question)];
    expect(answers).toHaveLength(1);
    answers[0]?.('before');
    expect(await first).toBe('before');
    await turns();
    expect(answers).toHaveLength(2);
    answers[1]?.('after');
    expect(await Promise.all(others)).toEqual(['after', 'after', 'after']);
  });

  it('never answers with what was looked up before it was asked', async () => {
    const alike = new Alike();
    let record = 0;
    const look = async (): Promise<number> => {
      const seen = record;
      await turns();
      return seen;
    };
    const early = alike.ask('a', look);
    record = 1;
    const late = alike.ask('a', look);
    expect([await early, await late]).toEqual([0, 1]);
  });

  it('is asked anew once nobody waits, and apart from other questions', async () => {
    const alike = new Alike();
    const { answers, question } = slowQuestion();
    const one = alike.ask('a', question);
    const other = alike.ask('b', question);
    expect(answers).toHaveLength(2);
    answers[0]?.('a');
    answers[1]?.('b');
    expect(await Promise.all([one, other])).toEqual(['a', 'b']);
    await turns();
    const again = alike.ask('a', question);
    expect(answers).toHaveLength(3);
    answers[2]?.('anew');
    expect(await again).toBe('anew');
  });

  it('fails for whom it failed, and is tried again for those who came later', async () => {
    const alike = new Alike();
    const { answers, failures, question } = slowQuestion();
    const first = alike.ask('a', question);
    const second = alike.ask('a', question);
    failures[0]?.(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await turns();
    answers[1]?.('there');
    expect(await second).toBe('there');
  });
});
