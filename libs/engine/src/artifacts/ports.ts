import { type Artifact, IonloopError } from '@ionloop/domain';

/** What is known of artifacts: part of the record. */
export interface ArtifactIndex {
  /** In the default workspace, unless another is named. */
  find(sha256s: readonly string[], workspace?: string): Promise<readonly Artifact[]>;
  /** Says that it is there. One that is known stays as it was told first; `uploadedAt` is the store's clock. */
  add(artifact: NewArtifact): Promise<Artifact>;
}

/** In the default workspace, unless another is named. */
export type NewArtifact = Omit<Artifact, 'uploadedAt' | 'workspace'> & { readonly workspace?: string };

/** A stretch of an artifact's bytes on its way in. */
export interface Piece {
  readonly sha256: string;
  /** Unfinished uploads are kept apart by who sends them: one that sends nonsense does not spoil another's. */
  readonly owner: string;
  /** The first byte's place. */
  readonly offset: number;
  /** Of the whole artifact; null where it ends with the content. */
  readonly total: number | null;
}

/** Either all of it is there now, or so much has arrived. */
export type Received =
  { readonly whole: true; readonly bytes: number } | { readonly whole: false; readonly arrived: number };

/**
 * The bytes of artifacts, each whole and under its hash, or not there at all. Several processes may use one store at a
 * time.
 */
export interface ArtifactFiles {
  /** How long it is; null where it is not there. */
  size(sha256: string): Promise<number | null>;
  /** How many bytes of this owner's unfinished upload are there, from the first on without a gap. */
  arrived(sha256: string, owner: string): Promise<number>;
  /**
   * Takes bytes as they come. Where the content breaks off, what came is kept and the error is passed on; an
   * `IonloopError` from the content takes it away again. Refuses with CHECKSUM_MISMATCH, and forgets, what does not
   * have its hash, and with STORAGE_FULL where there is no room.
   */
  receive(piece: Piece, content: AsyncIterable<Uint8Array>): Promise<Received>;
  /** From `from` to `to`, both included. Refuses with NOT_FOUND what is not there. */
  read(
    sha256: string,
    range?: { readonly from: number; readonly to: number },
  ): Promise<AsyncIterable<Uint8Array>>;
  /** Forgets unfinished uploads in which nothing has moved for so long; returns how many. */
  sweep(olderThanSeconds: number): Promise<number>;
}

/** Another stretch is wanted than the one that came. */
export class WrongOffset extends IonloopError {
  constructor(
    message: string,
    /** Where to go on. */
    readonly wanted: number,
  ) {
    super('UPLOAD_OFFSET', message, 'Content-Range');
  }
}

export const checksumMismatch = (sha256: string, found: string): IonloopError =>
  new IonloopError(
    'CHECKSUM_MISMATCH',
    `what came has the SHA-256 ${found}, not ${sha256}; nothing of it is kept: send all of it again`,
    'sha256',
  );
