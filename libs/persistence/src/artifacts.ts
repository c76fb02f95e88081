import { type Artifact, defaultWorkspace, notFound } from '@ionloop/domain';
import type { ArtifactIndex, NewArtifact } from '@ionloop/engine';
import { In } from 'typeorm';
import type { Database } from './database.js';
import { artifactFromRow, artifactRow } from './rows/artifact.js';
import { addArtifact } from './statements/add-artifact.js';

export class PostgresArtifacts implements ArtifactIndex {
  constructor(private readonly database: Database) {}

  find(sha256s: readonly string[], workspace: string = defaultWorkspace): Promise<readonly Artifact[]> {
    return this.database.ask(async (manager) => {
      const rows = await manager.findBy(artifactRow, { workspace, sha256: In([...sha256s]) });
      return rows.map(artifactFromRow);
    });
  }

  async add(artifact: NewArtifact): Promise<Artifact> {
    const { workspace = defaultWorkspace } = artifact;
    await this.database.ask((manager) => addArtifact(manager, { ...artifact, workspace }));
    const [added] = await this.find([artifact.sha256], workspace);
    if (!added) throw notFound('artifact', artifact.sha256);
    return added;
  }
}
