import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inOrder } from '../../src/parallel/inOrder.js';

/** Work that ends when the scheduler says so, in any order. */
const schedule = fc.scheduler();
const some = fc.array(fc.boolean(), { maxLength: 12 });

describe('work in order', () => {
  it('starts items in their order, at most so many at once, and asks for none without room', () =>
    fc.assert(
      fc.asyncProperty(schedule, fc.integer({ min: 1, max: 4 }), fc.nat(12), async (s, width, count) => {
        const started: number[] = [];
        let running = 0;
        let asked = 0;
        function* items() {
          for (let i = 0; i < count; i++) {
            expect(running).toBeLessThan(width);
            asked += 1;
            yield i;
          }
        }
        const done = inOrder(items(), width, async (item, index) => {
          expect(index).toBe(item);
          started.push(item);
          running += 1;
          await s.schedule(Promise.resolve());
          running -= 1;
        });
        await s.waitFor(done);
        expect(started).toEqual(Array.from({ length: count }, (_, i) => i));
        expect(asked).toBe(count);
      }),
    ));

  it('throws the failure of the earliest item that fails, whatever ends first', () =>
    fc.assert(
      fc.asyncProperty(schedule, fc.integer({ min: 1, max: 4 }), some, async (s, width, fails) => {
        let after = 0;
        let failed = false;
        const done = inOrder(fails, width, async (bad, index) => {
          if (failed) after += 1;
          await s.schedule(Promise.resolve());
          failed ||= bad;
          if (bad) throw new Error(`item ${index}`);
        });
        const outcome = await s.waitFor(
          done.then(
            () => 'done',
            (error: unknown) => (error as Error).message,
          ),
        );
        const first = fails.indexOf(true);
        expect(outcome).toBe(first < 0 ? 'done' : `item ${first}`);
        // The item that is asked for while another fails may still begin.
        expect(after).toBeLessThanOrEqual(1);
      }),
    ));
});
