import { type Artifact, defaultWorkspace } from '@ionloop/domain';
import type { ArtifactIndex, NewArtifact } from '../artifacts/ports.js';

export class InMemoryArtifactIndex implements ArtifactIndex {
  private readonly artifacts = new Map<string, Artifact>();

  constructor(private readonly clock: () => Date) {}

  find(sha256s: readonly string[], workspace: string = defaultWorkspace): Promise<readonly Artifact[]> {
    const found = [...new Set(sha256s)].map((sha256) => this.artifacts.get(nameOf(workspace, sha256)));
    return Promise.resolve(found.filter((artifact) => artifact !== undefined));
  }

  add({ workspace = defaultWorkspace, ...artifact }: NewArtifact): Promise<Artifact> {
    const name = nameOf(workspace, artifact.sha256);
    const known = this.artifacts.get(name) ?? {
      ...artifact,
      workspace,
      uploadedAt: this.clock().toISOString(),
    };
    this.artifacts.set(name, known);
    return Promise.resolve(known);
  }
}

const nameOf = (workspace: string, sha256: string): string => `${workspace}/${sha256}`;
