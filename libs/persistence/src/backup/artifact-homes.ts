import type { ArtifactFiles } from '@ionloop/engine';

/** The files of each workspace. */
export interface ArtifactHomes {
  of(workspace: string): Promise<ArtifactFiles>;
}

/** Of these workspaces, the files of the first that has it: the same hash is the same bytes. */
export async function firstWith(
  homes: ArtifactHomes,
  workspaces: readonly string[],
  sha256: string,
): Promise<{ readonly files: ArtifactFiles; readonly bytes: number } | null> {
  for (const workspace of workspaces) {
    const files = await homes.of(workspace);
    const bytes = await files.size(sha256);
    if (bytes !== null) return { files, bytes };
  }
  return null;
}
