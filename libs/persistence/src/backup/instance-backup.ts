import { type ArchiveEntry, gzipped, writeTar } from '@ionloop/engine';
import type { DataSource } from 'typeorm';
import { type ArtifactHomes, firstWith } from './artifact-homes.js';
import { type DumpedFile, dumpTables, entryOf } from './instance-dump.js';
import type { BackupManifest } from './instance-format.js';

/**
 * A whole instance in one file: a gzipped tar of all tables as of one moment, the artifacts that they know in whichever
 * workspace, each once, and at its end the hash of each file. It may be made while the instance runs.
 */
export function backupInstance(dataSource: DataSource, homes: ArtifactHomes): AsyncIterable<Uint8Array> {
  async function* entries(): AsyncGenerator<ArchiveEntry> {
    const files: DumpedFile[] = [];
    const kept: { name: string; bytes: number; sha256: string }[] = [];
    const missing: string[] = [];
    yield* dumpTables(dataSource, files);
    const known = await dataSource.query<{ readonly sha256: string; readonly workspaces: string[] }[]>(
      'SELECT sha256, array_agg(workspace ORDER BY workspace) AS workspaces FROM artifact GROUP BY sha256 ORDER BY sha256',
    );
    for (const { sha256, workspaces } of known) {
      const found = await firstWith(homes, workspaces, sha256);
      if (found === null) {
        missing.push(sha256);
        continue;
      }
      const { files: own, bytes } = found;
      const name = `artifacts/${sha256}`;
      kept.push({ name, bytes, sha256 });
      yield { name, bytes, content: await own.read(sha256) };
    }
    const told = files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 }));
    const manifest: BackupManifest = { files: [...told, ...kept], missing };
    yield entryOf('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
  }
  return gzipped(writeTar(entries()));
}
