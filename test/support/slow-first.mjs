import Sequencer from '@jest/test-sequencer';

/** What takes longest, longest first: begun last, one of them would keep everybody waiting while the other workers have nothing to do. */
const slow = [
  'test/lab/model.test.ts',
  'test/lab/virtual-lab.test.ts',
  'test/clients/conformance.test.ts',
  'test/contracts/loop-on-postgres.test.ts',
  'test/browser/views.test.ts',
  'test/browser/journeys.test.ts',
  'test/lab/mutants.test.ts',
  'test/browser/decisions.test.ts',
  'test/nemesis/nemesis.test.ts',
];

/** Those in their order, then all others as jest would have them. */
export default class SlowFirst extends Sequencer {
  sort(tests) {
    const placeOf = ({ path }) => {
      const place = slow.findIndex((name) => path.endsWith(`/${name}`));
      return place < 0 ? slow.length : place;
    };
    return [...super.sort(tests)].sort((a, b) => placeOf(a) - placeOf(b));
  }
}
