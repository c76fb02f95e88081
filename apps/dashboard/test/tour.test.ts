import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { gap, placeBeside, placeOnPhone } from '../src/tour/place.js';

const phone = { view: 844, page: 6000, head: 110, card: 230 };

describe('the card of the tour on a phone', () => {
  test('stands at the lower edge, with a small part in the middle of what is free', () => {
    const { edge, scroll } = placeOnPhone({ top: 2000, height: 200 }, phone);
    expect(edge).toBe('bottom');
    const free = phone.view - phone.head - phone.card - 2 * gap;
    expect(2000 - scroll).toBe(phone.head + (free - 200) / 2);
  });

  test('has the upper end of a high part above it, below the head of the page', () => {
    expect(placeOnPhone({ top: 2000, height: 1500 }, phone)).toEqual({
      edge: 'bottom',
      scroll: 2000 - phone.head - gap / 2,
    });
  });

  test('goes to the upper edge where the page ends with the part', () => {
    const { edge, scroll } = placeOnPhone({ top: 5780, height: 200 }, phone);
    expect(edge).toBe('top');
    expect(scroll).toBeLessThanOrEqual(phone.page - phone.view);
    expect(5780 - scroll).toBeGreaterThanOrEqual(phone.head + phone.card + gap);
    expect(5980 - scroll).toBeLessThanOrEqual(phone.view);
  });

  test('a part at the top of the page needs no scrolling', () => {
    expect(placeOnPhone({ top: 130, height: 120 }, phone)).toEqual({ edge: 'bottom', scroll: 0 });
  });

  test('never covers a part that fits beside it, wherever that is', () => {
    const parts = fc
      .record({ height: fc.integer({ min: 20, max: 460 }), page: fc.integer({ min: 1400, max: 9000 }) })
      .chain(({ height, page }) =>
        fc.record({
          height: fc.constant(height),
          page: fc.constant(page),
          top: fc.integer({ min: phone.head, max: page - height }),
        }),
      );
    fc.assert(
      fc.property(parts, ({ height, page, top }) => {
        const { edge, scroll } = placeOnPhone({ top, height }, { ...phone, page });
        expect(scroll).toBeGreaterThanOrEqual(0);
        expect(scroll).toBeLessThanOrEqual(page - phone.view);
        const card = edge === 'bottom' ? phone.view - gap - phone.card : phone.head + gap;
        const [from, to] = [top - scroll, top - scroll + height];
        const covered = Math.min(to, card + phone.card) - Math.max(from, card);
        expect(covered).toBeLessThanOrEqual(1e-9);
      }),
      { seed: 22, numRuns: 300 },
    );
  });
});

describe('the card of the tour on a wide page', () => {
  test('stands beside the part where there is room, else within the page', () => {
    const part = { top: 300, left: 100, width: 400, height: 500 };
    expect(placeBeside(part, 1280)).toEqual({ width: 352, left: 512, top: 300 });
    expect(placeBeside({ ...part, left: 700 }, 1280)).toEqual({ width: 352, left: 336, top: 300 });
    expect(placeBeside({ ...part, width: 1000, height: 100 }, 1280)).toMatchObject({ top: 412 });
    expect(placeBeside({ ...part, width: 1000 }, 1280)).toMatchObject({ left: 736, top: 356 });
  });
});
