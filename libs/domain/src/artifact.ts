/**
 * A file that a station has handed in, under the SHA-256 of its bytes. Kept beside the record, because bytes are the
 * same whoever names them; that an attempt names one is an `Attachment`, and part of the log.
 */
export interface Artifact {
  readonly workspace: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: string;
  readonly uploadedAt: string;
  /** Who had it first. */
  readonly station: string;
  readonly tokenId: string;
}

/** That a result names an artifact, and what it calls it there. */
export interface Attachment {
  readonly id: string;
  readonly campaignId: string;
  readonly experimentId: string;
  readonly attemptId: string;
  /** The measurement it belongs to; null where it belongs to the attempt as a whole. */
  readonly measurementId: string | null;
  readonly sha256: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** What it is, such as `impedance_spectrum`. */
  readonly kind: string | null;
  readonly createdAt: string;
}

export const isSha256 = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);
