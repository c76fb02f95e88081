import { type Artifact, notFound } from '@ionloop/domain';
import type { ArtifactIndex } from '@ionloop/engine';
import { In } from 'typeorm';
import type { Database } from './database.js';
import { artifactFromRow, artifactRow } from './rows/artifact.js';
import { addArtifact } from './statements/add-artifact.js';

export class PostgresArtifacts implements ArtifactIndex {
  constructor(private readonly database: Database) {}

  find(sha256s: readonly string[]): Promise<readonly Artifact[]> {
    return this.database.ask(async (manager) => {
      const rows = await manager.findBy(artifactRow, { sha256: In([...sha256s]) });
      return rows.map(artifactFromRow);
    });
  }

  async add(artifact: Omit<Artifact, 'uploadedAt'>): Promise<Artifact> {
    await this.database.ask((manager) => addArtifact(manager, artifact));
    const [added] = await this.find([artifact.sha256]);
    if (!added) throw notFound('artifact', artifact.sha256);
    return added;
  }
}
