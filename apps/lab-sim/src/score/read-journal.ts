import { readFileSync } from 'node:fs';
import type { JournalLine } from '../journal.js';

/** A last line that a kill has torn is left out: nothing that came after it relies on it. */
export function readJournal(path: string): readonly JournalLine[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.flatMap((line, i) => {
    if (line === '') return [];
    try {
      return [JSON.parse(line) as JournalLine];
    } catch (error) {
      if (i === lines.length - 1) return [];
      throw new Error(`${path}, line ${i + 1} is not JSON`, { cause: error });
    }
  });
}
