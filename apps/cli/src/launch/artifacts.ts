import type { Settings } from '@ionloop/config';
import type { ArtifactFiles } from '@ionloop/engine';
import { join } from 'node:path';
import { Failure, messageOf } from '../failure.js';

/** The folder that the servers of this record keep files in. */
export async function artifactsOn({ home, artifactsFolder }: Settings): Promise<ArtifactFiles> {
  const folder = artifactsFolder ?? join(home, 'artifacts');
  const { ArtifactFolder } = await import('@ionloop/persistence');
  try {
    return await ArtifactFolder.open(folder);
  } catch (error) {
    throw new Failure(`the folder of artifacts ${folder} cannot be used: ${messageOf(error)}`);
  }
}
