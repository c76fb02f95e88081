import type { Scene } from './scene.js';

export interface Case {
  readonly name: string;
  /** In a sentence, for whoever has to put a client right. */
  readonly expected: string;
  /** Throws `Unmet` where the client does otherwise. */
  readonly play: (scene: Scene) => Promise<void>;
}
