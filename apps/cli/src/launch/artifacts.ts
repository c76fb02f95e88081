import type { Settings } from '@ionloop/config';
import type { ArtifactFiles } from '@ionloop/engine';
import type { ArtifactFolders } from '@ionloop/persistence';
import { join } from 'node:path';
import { Failure, messageOf } from '../failure.js';

/** The folders that the servers of this record keep files in, one for each workspace. */
export async function artifactFoldersOn({ home, artifactsFolder }: Settings): Promise<ArtifactFolders> {
  const folder = artifactsFolder ?? join(home, 'artifacts');
  const { ArtifactFolders } = await import('@ionloop/persistence');
  try {
    return await ArtifactFolders.open(folder);
  } catch (error) {
    throw new Failure(`the folder of artifacts ${folder} cannot be used: ${messageOf(error)}`);
  }
}

export const artifactsOn = async (settings: Settings, workspace: string): Promise<ArtifactFiles> =>
  (await artifactFoldersOn(settings)).of(workspace);
