import type { RecordReader } from '@ionloop/engine';
import { Failure } from '../failure.js';

/** Of a campaign that is wanted by its id, or by its name where only one has it. */
export async function idOf(read: RecordReader, wanted: string): Promise<string> {
  const campaigns = await read.campaigns();
  const found = campaigns.filter(({ id, name }) => id === wanted || name === wanted);
  const [only, ...more] = found;
  if (more.length > 0) {
    throw new Failure(
      `${found.length} campaigns are named "${wanted}"; say which by its id: ${found.map(({ id }) => id).join(', ')}`,
    );
  }
  if (only) return only.id;
  const known = campaigns.map(({ id, name }) => `\n  ${id}  ${name}`).join('');
  throw new Failure(
    `there is no campaign "${wanted}"${known === '' ? ' and no other' : `; there are:${known}`}`,
  );
}
