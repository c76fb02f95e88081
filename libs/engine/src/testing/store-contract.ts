import { describe } from '@jest/globals';
import type { OpenedStore } from './opened.js';
import { answersContract } from './store/answers.js';
import { besideContract } from './store/beside.js';
import { labContract } from './store/lab.js';
import { readingContract } from './store/reading.js';
import { transactionContract } from './store/transactions.js';

/** What every store of the record must do. */
export function storeContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(`the record kept by ${name}`, () => {
    transactionContract(open);
    readingContract(open);
    answersContract(open);
    labContract(open);
    besideContract(open);
  });
}
