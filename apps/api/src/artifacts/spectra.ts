import { type ArtifactFiles, type Spectrum, spectrumOf } from '@ionloop/engine';
import type { Attachment } from '@ionloop/domain';
import { Recent, remembered } from '../graphql/recent.js';

/** Spectra as they are drawn, remembered for a while: a hash and a number of points give the same for ever. */
export class Spectra {
  private readonly recent = new Recent<Promise<Spectrum>>(200);

  constructor(private readonly files: ArtifactFiles) {}

  of(artifact: Pick<Attachment, 'sha256' | 'bytes' | 'mediaType'>, points: number): Promise<Spectrum> {
    const { sha256, mediaType } = artifact;
    return remembered(this.recent, `${sha256}/${mediaType}/${points}`, () =>
      spectrumOf(this.files, artifact, points),
    );
  }
}
