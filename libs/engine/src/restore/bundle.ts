import {
  checkChain,
  defaultWorkspace,
  emptyLog,
  invalidInput,
  IonloopError,
  type Json,
  type RecordedEvent,
} from '@ionloop/domain';
import { createHash } from 'node:crypto';
import { gunzipped } from '../archive/gzip.js';
import { linesOf } from '../archive/lines.js';
import { type ArchiveEntry, readTar } from '../archive/tar.js';
import type { ArtifactFiles } from '../artifacts/ports.js';
import type { Engine } from '../deps.js';
import type { BundledArtifact, BundleManifest } from '../export/bundle.js';
import type { CampaignTransaction, ReplayTransaction } from '../ports.js';
import { LiveAttempts } from './live-attempts.js';
import { readManifest } from './manifest.js';
import { fetchTouched } from './touched.js';

export interface Restored {
  readonly campaignId: string;
  readonly name: string;
  readonly events: number;
  readonly headHash: string;
  readonly artifacts: number;
  /** False where the campaign was here already, to the same event. */
  readonly isNew: boolean;
}

/** Opens the bundle from its first byte; it is read twice. */
export type Opened = () => AsyncIterable<Uint8Array>;

/**
 * Brings a campaign back from a bundle, under its own id and to the same hash: for who runs the instance and sees all of
 * it, as an id may be taken where others cannot see it. All of it is checked before anything is written, and what is
 * wrong is named by its file and line; the record is written in one transaction.
 */
export async function restoreBundle(
  engine: Engine,
  files: ArtifactFiles,
  open: Opened,
  workspace: string = defaultWorkspace,
): Promise<Restored> {
  const manifest = await checkBundle(open);
  const { campaignId, name, events, headHash, artifacts } = manifest;
  const restored = { campaignId, name, events, headHash, artifacts: artifacts.length };
  if (await isHere(engine, manifest, workspace)) return { ...restored, isNew: false };
  const replay = async (tx: ReplayTransaction): Promise<void> => {
    const live = new LiveAttempts();
    for await (const entry of readTar(gunzipped(open()))) {
      if (entry.name === 'events.jsonl') await replayEvents(tx, entry, live);
      if (entry.name === 'models.jsonl') await keepModels(tx, entry);
    }
    live.giveLeases(tx, tx.campaign.lab);
  };
  await engine.store.restore(campaignId, replay, workspace);
  await keepArtifacts(engine, { files, workspace }, manifest, open);
  await engine.wakeUps.wake(campaignId);
  return { ...restored, isNew: true };
}

async function isHere(
  { store: { read, workspaces } }: Engine,
  { campaignId, events, headHash }: BundleManifest,
  workspace: string,
): Promise<boolean> {
  if (!(await read.campaign(campaignId))) return false;
  const where = await workspaces.ofCampaign(campaignId);
  if (where !== workspace) {
    throw new IonloopError(
      'CONFLICT',
      `campaign ${campaignId} is here already, in the workspace ${where ?? ''}`,
    );
  }
  const [same] = await read.events(campaignId, events - 1, 1);
  if (same?.hash === headHash) return true;
  throw new IonloopError(
    'CONFLICT',
    `campaign ${campaignId} is here already, and its log is another one than the bundle's`,
  );
}

/** Reads all of a bundle and keeps nothing; refuses what was changed after it was written. */
export async function checkBundle(open: Opened): Promise<BundleManifest> {
  let manifest: BundleManifest | null = null;
  const seen = new Set<string>();
  for await (const entry of readTar(gunzipped(open()))) {
    if (manifest === null) {
      manifest = await readManifest(entry);
      continue;
    }
    seen.add(entry.name);
    if (entry.name === 'events.jsonl') await checkEvents(manifest, entry);
    else await checkHash(manifest, entry);
  }
  if (manifest === null) throw invalidInput('bundle', 'the bundle is empty');
  const wanted = [...manifest.files.map(({ name }) => name), ...manifest.artifacts.map(artifactName)];
  const lacking = wanted.find((name) => !seen.has(name));
  if (lacking !== undefined) throw invalidInput('bundle', `the bundle breaks off: ${lacking} is not in it`);
  return manifest;
}

const artifactName = ({ sha256 }: Pick<BundledArtifact, 'sha256'>): string => `artifacts/${sha256}`;

async function checkEvents(manifest: BundleManifest, entry: ArchiveEntry): Promise<void> {
  const { name } = entry;
  const hash = createHash('sha256');
  let head = emptyLog;
  for await (const line of linesOf(hashing(entry.content, hash))) {
    const at = `${name}, line ${head.seq + 1}`;
    const event = eventOn(line, at);
    if (event.campaignId !== manifest.campaignId) {
      throw invalidInput('bundle', `${at}: the event is of campaign ${event.campaignId}`);
    }
    try {
      head = checkChain([event], head);
    } catch (error) {
      throw invalidInput('bundle', `${at}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (head.seq !== manifest.events || head.hash !== manifest.headHash) {
    throw invalidInput(
      'bundle',
      `${name} ends with event ${head.seq} (${head.hash}), where the manifest has event ${manifest.events} (${manifest.headHash})`,
    );
  }
  refuseOther(manifest, name, hash.digest('hex'));
}

function eventOn(line: string, at: string): RecordedEvent {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw invalidInput('bundle', `${at} is not JSON`);
  }
  const event = value as Partial<RecordedEvent> | null;
  const isEvent =
    typeof event === 'object' &&
    typeof event?.campaignId === 'string' &&
    typeof event.seq === 'number' &&
    typeof event.at === 'string' &&
    typeof event.hash === 'string' &&
    typeof event.prevHash === 'string' &&
    typeof event.event?.type === 'string' &&
    typeof event.actor?.name === 'string';
  if (!isEvent) throw invalidInput('bundle', `${at} is not an event`);
  return event as RecordedEvent;
}

async function checkHash(manifest: BundleManifest, { name, content }: ArchiveEntry): Promise<void> {
  const hash = createHash('sha256');
  for await (const chunk of content) hash.update(chunk);
  refuseOther(manifest, name, hash.digest('hex'));
}

function refuseOther({ files, artifacts }: BundleManifest, name: string, found: string): void {
  const told =
    files.find((file) => file.name === name) ?? artifacts.find((one) => artifactName(one) === name);
  if (!told) throw invalidInput('bundle', `${name} is not in the manifest`);
  if (told.sha256 !== found) {
    throw invalidInput('bundle', `${name} was changed: its SHA-256 is ${found}, not ${told.sha256}`);
  }
}

async function* hashing(
  content: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    hash.update(chunk);
    yield chunk;
  }
}

/** So many events are held in memory at a time. */
const portion = 2000;

async function replayEvents(
  tx: ReplayTransaction,
  { content }: ArchiveEntry,
  live: LiveAttempts,
): Promise<void> {
  let held = 0;
  for await (const line of linesOf(content)) {
    const recorded = JSON.parse(line) as RecordedEvent;
    if (recorded.seq > 1) await fetchTouched(tx, recorded.event);
    tx.replay(recorded);
    live.follow(recorded.event);
    held += 1;
    if (held % portion === 0) await tx.writeOut();
  }
  await tx.writeOut();
}

async function keepModels(tx: CampaignTransaction, { content }: ArchiveEntry): Promise<void> {
  for await (const line of linesOf(content)) {
    const { modelId, body } = JSON.parse(line) as { modelId: string; body: Json };
    tx.saveModelBody(modelId, body);
  }
}

async function keepArtifacts(
  { store }: Engine,
  { files, workspace }: { readonly files: ArtifactFiles; readonly workspace: string },
  { artifacts }: BundleManifest,
  open: Opened,
): Promise<void> {
  if (artifacts.length === 0) return;
  for await (const { name, content, bytes } of readTar(gunzipped(open()))) {
    const artifact = artifacts.find((one) => artifactName(one) === name);
    if (!artifact) continue;
    const { sha256 } = artifact;
    if ((await files.size(sha256)) === null) {
      await files.receive({ sha256, owner: 'a bundle', offset: 0, total: bytes }, content);
    }
    await store.artifacts.add({ ...artifact, workspace });
  }
}
