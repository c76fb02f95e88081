import {
  type Artifact,
  invalidInput,
  IonloopError,
  type NewAttachment,
  type NewMeasurement,
} from '@ionloop/domain';
import { checkHash } from '../artifacts/upload.js';
import { integer, text } from '../input.js';
import type { Ids } from '../ports.js';

/** An artifact as a result names it: uploaded before, and called by its hash. */
export interface SubmittedArtifact {
  readonly sha256: string;
  readonly name: string;
  /** That of the upload unless told. */
  readonly mediaType?: string;
  /** What it is: `impedance_spectrum` is drawn, anything else is kept. */
  readonly kind?: string;
  /** Which of the measurements it belongs to, counted from 0; to all of the attempt unless told. */
  readonly measurement?: number;
}

const most = 100;

/** Refuses what is wrong with the names themselves; what is there is asked later. */
export function checkArtifacts(submitted: readonly SubmittedArtifact[], measurements: number): void {
  if (submitted.length > most) {
    throw invalidInput('artifacts', `artifacts has ${submitted.length} entries; at most ${most} are taken`);
  }
  for (const [i, { sha256, name, mediaType, kind, measurement }] of submitted.entries()) {
    const field = `artifacts[${i}]`;
    checkHash(sha256, `${field}.sha256`);
    text(name, `${field}.name`, { min: 1, max: 200 });
    if (mediaType !== undefined) checkMediaType(mediaType, `${field}.mediaType`);
    if (kind !== undefined) text(kind, `${field}.kind`, { min: 1, max: 80 });
    if (measurement === undefined) continue;
    if (measurements === 0) {
      throw invalidInput(`${field}.measurement`, `${field} names a measurement, but there is none`);
    }
    integer(measurement, `${field}.measurement`, { min: 0, max: measurements - 1 });
  }
}

export function checkMediaType(mediaType: string, field: string): string {
  if (mediaType.length <= 200 && /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(\s*;[\x20-\x7e]*)?$/.test(mediaType))
    return mediaType;
  throw invalidInput(field, `${field} must be a media type such as application/json`);
}

/** Binds each name to the artifact that is there under its hash; refuses the first that is not. */
export function attachmentsOf(
  ids: Ids,
  submitted: readonly SubmittedArtifact[],
  known: readonly Artifact[],
  measurements: readonly NewMeasurement[],
): readonly NewAttachment[] {
  const bySha256 = new Map(known.map((artifact) => [artifact.sha256, artifact]));
  return submitted.map(({ sha256, name, mediaType, kind, measurement }, i) => {
    const artifact = bySha256.get(sha256);
    if (!artifact) {
      throw new IonloopError(
        'ARTIFACT_MISSING',
        `artifacts[${i}] ("${name}") is ${sha256}, which is not here: upload it, then submit again under the same key`,
        `artifacts[${i}].sha256`,
      );
    }
    return {
      id: ids.next(),
      measurementId: measurement === undefined ? null : (measurements[measurement]?.id ?? null),
      sha256,
      name: name.trim(),
      mediaType: mediaType ?? artifact.mediaType,
      bytes: artifact.bytes,
      kind: kind?.trim() ?? null,
    };
  });
}
