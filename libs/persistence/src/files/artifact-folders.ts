import { defaultWorkspace } from '@ionloop/domain';
import type { ArtifactFiles } from '@ionloop/engine';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ArtifactFolder } from './artifact-folder.js';
import { unless } from './disk.js';

const others = 'workspaces';

/** A folder for each workspace: what one has says nothing of what another has. The default one's is the root. */
export class ArtifactFolders {
  private readonly opened = new Map<string, Promise<ArtifactFolder>>();

  private constructor(private readonly root: string) {}

  static async open(root: string): Promise<ArtifactFolders> {
    const folders = new ArtifactFolders(root);
    await folders.of(defaultWorkspace);
    return folders;
  }

  of(workspace: string): Promise<ArtifactFolder> {
    const known = this.opened.get(workspace);
    if (known) return known;
    const path = workspace === defaultWorkspace ? this.root : join(this.root, others, workspace);
    const opening = ArtifactFolder.open(path);
    this.opened.set(workspace, opening);
    opening.catch(() => this.opened.delete(workspace));
    return opening;
  }

  /** As one store, whose workspace is the one that is current when it is asked. */
  within(current: () => string): ArtifactFiles {
    const own = (): Promise<ArtifactFolder> => this.of(current());
    return {
      size: async (sha256) => (await own()).size(sha256),
      arrived: async (sha256, owner) => (await own()).arrived(sha256, owner),
      receive: async (piece, content) => (await own()).receive(piece, content),
      read: async (sha256, range) => (await own()).read(sha256, range),
      sweep: async (olderThanSeconds) => (await own()).sweep(olderThanSeconds),
    };
  }

  /** In the folders of all workspaces. */
  async sweep(olderThanSeconds: number): Promise<number> {
    const names = (await unless(['ENOENT'], readdir(join(this.root, others)))) ?? [];
    let swept = 0;
    for (const workspace of [defaultWorkspace, ...names]) {
      swept += await (await this.of(workspace)).sweep(olderThanSeconds);
    }
    return swept;
  }
}
