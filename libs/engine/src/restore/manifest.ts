import { invalidInput, isSha256 } from '@ionloop/domain';
import type { ArchiveEntry } from '../archive/tar.js';
import {
  type BundledArtifact,
  type BundledFile,
  bundleFormat,
  type BundleManifest,
  bundleVersion,
} from '../export/bundle.js';

const mostBytes = 64 * 1024 * 1024;
const notABundle = 'this is not a bundle of Ionloop';

export async function readManifest({ name, bytes, content }: ArchiveEntry): Promise<BundleManifest> {
  if (name !== 'manifest.json' || bytes > mostBytes) throw invalidInput('bundle', notABundle);
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  let value: unknown;
  try {
    value = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw invalidInput('bundle', 'manifest.json is not JSON');
  }
  const manifest = (value ?? {}) as Partial<BundleManifest>;
  if (manifest.format !== bundleFormat) throw invalidInput('bundle', notABundle);
  if (manifest.version !== bundleVersion) {
    throw invalidInput(
      'bundle',
      `the bundle has version ${String(manifest.version)}; version ${bundleVersion} is read here`,
    );
  }
  const { campaignId, events, headHash, files, artifacts } = manifest;
  const isWhole =
    typeof campaignId === 'string' &&
    typeof events === 'number' &&
    typeof headHash === 'string' &&
    Array.isArray(files) &&
    files.every(hasHash) &&
    files.some(({ name }: BundledFile) => name === 'events.jsonl') &&
    Array.isArray(artifacts) &&
    artifacts.every(hasHash);
  if (!isWhole) throw invalidInput('bundle', 'manifest.json lacks what a bundle must tell');
  return manifest as BundleManifest;
}

const hasHash = (file: BundledFile | BundledArtifact | null): boolean =>
  file !== null && isSha256(file.sha256);
