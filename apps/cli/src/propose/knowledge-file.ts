import { type Campaign, IonloopError, type Observation } from '@ionloop/domain';
import { observedElsewhere, rowsOfTable } from '@ionloop/engine';
import { basename } from 'node:path';
import { Failure } from '../failure.js';
import { readText } from '../input/text-file.js';

/** Results from elsewhere, read as a server reads them: each file a source by itself. */
export async function readKnowledge(
  files: readonly string[],
  campaign: Campaign,
): Promise<readonly Observation[]> {
  const pieces = await Promise.all(
    files.map(async (file, i) => {
      try {
        const { rows } = await rowsOfTable(campaign, { fileName: basename(file), text: readText(file) });
        return { number: i + 1, rows };
      } catch (error) {
        if (!(error instanceof IonloopError)) throw error;
        throw new Failure(`${file}: ${error.message}`);
      }
    }),
  );
  return observedElsewhere(campaign, pieces);
}
