import type { Artifact } from '@ionloop/domain';
import type { ArtifactIndex } from '../artifacts/ports.js';

export class InMemoryArtifactIndex implements ArtifactIndex {
  private readonly artifacts = new Map<string, Artifact>();

  constructor(private readonly clock: () => Date) {}

  find(sha256s: readonly string[]): Promise<readonly Artifact[]> {
    const wanted = new Set(sha256s);
    return Promise.resolve([...this.artifacts.values()].filter(({ sha256 }) => wanted.has(sha256)));
  }

  add(artifact: Omit<Artifact, 'uploadedAt'>): Promise<Artifact> {
    const known = this.artifacts.get(artifact.sha256) ?? {
      ...artifact,
      uploadedAt: this.clock().toISOString(),
    };
    this.artifacts.set(artifact.sha256, known);
    return Promise.resolve(known);
  }
}
