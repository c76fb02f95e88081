import { defaultWorkspace } from '@ionloop/domain';
import { linesOf, readTar } from '@ionloop/engine';
import type { ArtifactHomes } from './artifact-homes.js';

/**
 * Puts each artifact of a backup where it was: into the files of every workspace that knows it. Tables stand before
 * artifacts in the archive. Returns how many there were.
 */
export async function restoreArtifacts(
  homes: ArtifactHomes,
  archive: AsyncIterable<Uint8Array>,
): Promise<number> {
  const workspaces = new Map<string, string[]>();
  let kept = 0;
  for await (const { name, bytes, content } of readTar(archive)) {
    if (name.startsWith('tables/artifact/')) {
      for await (const line of linesOf(content)) {
        const { sha256, workspace } = JSON.parse(line) as { sha256: string; workspace: string };
        workspaces.set(sha256, [...(workspaces.get(sha256) ?? []), workspace]);
      }
    }
    const sha256 = /^artifacts\/([0-9a-f]{64})$/.exec(name)?.[1];
    if (sha256 === undefined) continue;
    kept += 1;
    const [first = defaultWorkspace, ...others] = workspaces.get(sha256) ?? [];
    const files = await homes.of(first);
    const piece = { sha256, owner: 'a backup', offset: 0, total: bytes };
    if ((await files.size(sha256)) === null) await files.receive(piece, content);
    for (const other of others) {
      const own = await homes.of(other);
      if ((await own.size(sha256)) === null) await own.receive(piece, await files.read(sha256));
    }
  }
  return kept;
}
