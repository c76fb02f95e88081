import type { RecordedEvent } from '@ionloop/domain';
import { createHash } from 'node:crypto';
import { gzipped } from '../archive/gzip.js';
import { type ArchiveEntry, writeTar } from '../archive/tar.js';
import type { ArtifactFiles } from '../artifacts/ports.js';
import type { RecordReader, RecordStore } from '../ports.js';
import { campaignToExport } from './pages.js';

export const bundleFormat = 'ionloop-bundle';
export const bundleVersion = 1;

/** The first file of a bundle: what is in it, with the hash of each of the others. */
export interface BundleManifest {
  readonly format: typeof bundleFormat;
  readonly version: number;
  readonly campaignId: string;
  readonly name: string;
  readonly events: number;
  readonly headHash: string;
  readonly files: readonly BundledFile[];
  readonly artifacts: readonly BundledArtifact[];
  /** Artifacts that the log names and that were not to be found. */
  readonly missing: readonly string[];
}
export interface BundledFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}
export interface BundledArtifact {
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: string;
  readonly station: string;
  readonly tokenId: string;
}

/**
 * A campaign in one file that `restoreBundle` brings back to the same hash: a gzipped tar of the manifest, the artifacts,
 * the log as one event a line, and what fitted models need to predict again. The same campaign gives the same bytes.
 */
export async function exportBundle(
  { read, artifacts: index }: Pick<RecordStore, 'read' | 'artifacts'>,
  files: ArtifactFiles,
  campaignId: string,
): Promise<AsyncIterable<Uint8Array>> {
  const { name } = await campaignToExport(read, campaignId);
  const events = await read.lastSeq(campaignId);
  const [last] = await read.events(campaignId, events - 1, 1);
  const texts = [
    { name: 'events.jsonl', text: () => eventLines(read, campaignId, events) },
    { name: 'models.jsonl', text: () => modelLines(read, campaignId, last?.at ?? '') },
  ];
  const { found, missing } = await artifactsOf(read, index, files, campaignId);
  const manifest: BundleManifest = {
    format: bundleFormat,
    version: bundleVersion,
    campaignId,
    name,
    events,
    headHash: last?.hash ?? '',
    files: await Promise.all(texts.map(async ({ name, text }) => ({ name, ...(await measured(text())) }))),
    artifacts: found,
    missing,
  };
  async function* entries(): AsyncGenerator<ArchiveEntry> {
    const head = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
    yield { name: 'manifest.json', bytes: head.length, content: only(head) };
    for (const { sha256, bytes } of manifest.artifacts) {
      yield { name: `artifacts/${sha256}`, bytes, content: await files.read(sha256) };
    }
    for (const [i, { name, text }] of texts.entries()) {
      yield { name, bytes: manifest.files[i]?.bytes ?? 0, content: bytesOf(text()) };
    }
  }
  return gzipped(writeTar(entries()));
}

const pageSize = 200;

/** The log does not change, so that it may be read once for its hash and once for its bytes. */
async function* eventLines(read: RecordReader, campaignId: string, upTo: number): AsyncGenerator<string> {
  for (let after = 0; after < upTo;) {
    const page: readonly RecordedEvent[] = await read.events(
      campaignId,
      after,
      Math.min(pageSize, upTo - after),
    );
    yield page.map((event) => `${JSON.stringify(event)}\n`).join('');
    after = page.at(-1)?.seq ?? upTo;
  }
}

async function* modelLines(read: RecordReader, campaignId: string, until: string): AsyncGenerator<string> {
  for (const { id, createdAt } of await read.models(campaignId)) {
    const body = createdAt > until ? null : await read.modelBody(id);
    if (body !== null) yield `${JSON.stringify({ modelId: id, body })}\n`;
  }
}

async function artifactsOf(
  read: RecordReader,
  index: RecordStore['artifacts'],
  files: ArtifactFiles,
  campaignId: string,
): Promise<{ readonly found: readonly BundledArtifact[]; readonly missing: readonly string[] }> {
  const named = [...new Set((await read.attachments(campaignId)).map(({ sha256 }) => sha256))].sort();
  const known = new Map((await index.find(named)).map((artifact) => [artifact.sha256, artifact]));
  const found: BundledArtifact[] = [];
  const missing: string[] = [];
  for (const sha256 of named) {
    const artifact = known.get(sha256);
    const bytes = artifact && (await files.size(sha256));
    if (artifact && typeof bytes === 'number') {
      const { mediaType, station, tokenId } = artifact;
      found.push({ sha256, bytes, mediaType, station, tokenId });
    } else {
      missing.push(sha256);
    }
  }
  return { found, missing };
}

async function measured(text: AsyncIterable<string>): Promise<Omit<BundledFile, 'name'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const part of bytesOf(text)) {
    hash.update(part);
    bytes += part.byteLength;
  }
  return { bytes, sha256: hash.digest('hex') };
}

async function* bytesOf(text: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const part of text) yield Buffer.from(part);
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
