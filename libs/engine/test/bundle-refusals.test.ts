import { beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@ionloop/domain';
import { createHash } from 'node:crypto';
import { checkBundle, exportBundle, InMemoryArtifactFiles, InMemoryStore } from '../src/index.js';
import { readManifest } from '../src/restore/manifest.js';
import { bundleOf, filesIn, rewritten, stream, textIn, whole } from '../src/testing/archives.js';
import { newAttachment, StoreStory } from '../src/testing/store-story.js';

const spectrum = Buffer.from('frequency,real,imaginary\n1,2,3\n');
const sha256 = createHash('sha256').update(spectrum).digest('hex');
const artifact = `artifacts/${sha256}`;

let bundle: Buffer;
let campaignId: string;
let events: readonly string[];

beforeAll(async () => {
  const store = new InMemoryStore(() => new Date(0));
  const story = new StoreStory(store);
  const files = new InMemoryArtifactFiles(() => new Date(0));
  campaignId = await story.everything();
  await files.receive({ sha256, owner: 'robot', offset: 0, total: spectrum.length }, stream(spectrum));
  await store.artifacts.add({ sha256, bytes: 1, mediaType: 'text/csv', station: 'robot', tokenId: 'token' });
  campaignId = await story.activeCampaign();
  const attemptId = await story.started(campaignId);
  await story.about(campaignId, attemptId, (tx) => {
    const artifacts = [newAttachment({ sha256 })];
    const result = { outcome: 'failed_sample' as const, note: null, measurements: [], artifacts };
    tx.append({ type: 'attempt.submitted', attemptId, ...result });
  });
  await story.plan(campaignId);
  bundle = await whole(await exportBundle(store, files, campaignId));
  events = (await textIn(bundle, 'events.jsonl')).split('\n');
});

const checked = (bytes: Buffer) => checkBundle(() => stream(bytes));
const refused = (message: string | RegExp) =>
  expect.objectContaining({
    ...{ code: 'INVALID_INPUT', field: 'bundle' },
    message: typeof message === 'string' ? message : (expect.stringMatching(message) as unknown),
  });
const withManifest = (change: (manifest: JsonObject) => unknown): Promise<Buffer> =>
  rewritten(bundle, 'manifest.json', (text) => JSON.stringify(change(JSON.parse(text) as JsonObject)));
const withLine = (line: number, text: string): Promise<Buffer> =>
  rewritten(bundle, 'events.jsonl', () => events.with(line - 1, text).join('\n'));

it('a bundle that is whole tells what it holds', async () => {
  const manifest = await checked(bundle);
  expect(manifest).toMatchObject({ format: 'ionloop-bundle', version: 1, campaignId, name: 'Glasses' });
  expect(manifest.events).toBe(events.length);
  expect(manifest.headHash).toBe((JSON.parse(events.at(-1) ?? '') as { readonly hash: string }).hash);
  expect(manifest.files.map(({ name }) => name)).toEqual(['events.jsonl', 'models.jsonl']);
  expect(manifest.artifacts).toEqual([
    { sha256, bytes: spectrum.length, mediaType: 'text/csv', station: 'robot', tokenId: 'token' },
  ]);
  expect((await filesIn(bundle)).map(({ name }) => name)).toEqual([
    ...['manifest.json', artifact, 'events.jsonl', 'models.jsonl'],
  ]);
});

describe('a manifest is refused', () => {
  const lacks = 'manifest.json lacks what a bundle must tell';
  const notOurs = 'this is not a bundle of Ionloop';

  it.each<[string, (manifest: JsonObject) => unknown, string]>([
    ['that is null', () => null, notOurs],
    ['that is a number', () => 7, notOurs],
    ['of another format', (one) => ({ ...one, format: 'zip' }), notOurs],
    [
      'of another version',
      (one) => ({ ...one, version: 2 }),
      'the bundle has version 2; version 1 is read here',
    ],
    ['whose campaign is a number', (one) => ({ ...one, campaignId: 7 }), lacks],
    ['whose number of events is text', (one) => ({ ...one, events: '12' }), lacks],
    ['without the last hash', (one) => ({ ...one, headHash: null }), lacks],
    ['without files', (one) => ({ ...one, files: undefined }), lacks],
    ['without a log among its files', (one) => ({ ...one, files: [] }), lacks],
    ['with a file that is null', (one) => ({ ...one, files: [null] }), lacks],
    [
      'with one file that has no hash',
      (one) => ({
        ...one,
        files: [...(one['files'] as readonly JsonObject[]), { name: 'more', sha256: 'AB' }],
      }),
      lacks,
    ],
    ['without artifacts', (one) => ({ ...one, artifacts: {} }), lacks],
    ['with an artifact that is null', (one) => ({ ...one, artifacts: [null] }), lacks],
    [
      'with one artifact that has no hash',
      (one) => ({ ...one, artifacts: [...(one['artifacts'] as readonly JsonObject[]), { sha256: 'x' }] }),
      lacks,
    ],
  ])('%s', async (_, change, says) => {
    await expect(checked(await withManifest(change))).rejects.toEqual(refused(says));
  });

  it('that is no JSON, or does not come first', async () => {
    const broken = await rewritten(bundle, 'manifest.json', () => '{');
    await expect(checked(broken)).rejects.toEqual(refused('manifest.json is not JSON'));
    const others = (await filesIn(bundle)).slice(1);
    await expect(checked(await bundleOf(others))).rejects.toEqual(refused(notOurs));
  });

  it('that would not fit into memory, before it is read', async () => {
    const manifest = (await filesIn(bundle))[0]?.bytes ?? Buffer.alloc(0);
    const read = (bytes: number) => readManifest({ name: 'manifest.json', bytes, content: stream(manifest) });
    expect(await read(64 * 1024 * 1024)).toMatchObject({ campaignId });
    await expect(read(64 * 1024 * 1024 + 1)).rejects.toEqual(refused(notOurs));
  });
});

describe('files that are not those of the manifest', () => {
  it.each([['events.jsonl'], ['models.jsonl'], [artifact]])('%s is missed', async (lacking) => {
    const rest = (await filesIn(bundle)).filter(({ name }) => name !== lacking);
    await expect(checked(await bundleOf(rest))).rejects.toEqual(
      refused(`the bundle breaks off: ${lacking} is not in it`),
    );
  });

  it('one that nobody told of is refused, and one that was changed', async () => {
    const more = await bundleOf([...(await filesIn(bundle)), { name: 'notes.txt', bytes: Buffer.from('a') }]);
    await expect(checked(more)).rejects.toEqual(refused('notes.txt is not in the manifest'));
    const other = await rewritten(bundle, artifact, () => 'frequency');
    const found = createHash('sha256').update('frequency').digest('hex');
    await expect(checked(other)).rejects.toEqual(
      refused(`${artifact} was changed: its SHA-256 is ${found}, not ${sha256}`),
    );
  });
});

describe('a line of the log is refused', () => {
  const third = (change: JsonObject): string =>
    JSON.stringify({ ...(JSON.parse(events[2] ?? '') as JsonObject), ...change });

  it.each<[string, JsonObject]>([
    ['campaign', { campaignId: 7 }],
    ['place', { seq: '3' }],
    ['time', { at: 0 }],
    ['hash', { hash: null }],
    ['hash of the event before', { prevHash: null }],
    ['event that has a type', { event: {} }],
    ['actor that has a name', { actor: { kind: 'person' } }],
  ])('that has no %s', async (_, change) => {
    const is = refused('events.jsonl, line 3 is not an event');
    await expect(checked(await withLine(3, third(change)))).rejects.toEqual(is);
    const [name = ''] = Object.keys(change);
    const { [name]: left, ...rest } = JSON.parse(third({})) as JsonObject;
    expect(left).toBeDefined();
    await expect(checked(await withLine(3, JSON.stringify(rest)))).rejects.toEqual(is);
  });

  it.each([['null'], ['7'], ['"an event"'], ['[]']])('that is %s', async (text) => {
    await expect(checked(await withLine(2, text))).rejects.toEqual(
      refused('events.jsonl, line 2 is not an event'),
    );
  });

  it('that is no JSON', async () => {
    await expect(checked(await withLine(2, '{'))).rejects.toEqual(
      refused('events.jsonl, line 2 is not JSON'),
    );
  });

  it('that does not follow from the one before', async () => {
    await expect(checked(await withLine(4, third({ seq: 4 })))).rejects.toEqual(
      refused(
        /^events\.jsonl, line 4: the log of campaign .* is broken: event 4 does not follow from event 3$/,
      ),
    );
  });

  it('that is of another campaign than the manifest', async () => {
    await expect(checked(await withManifest((one) => ({ ...one, campaignId: 'other' })))).rejects.toEqual(
      refused(`events.jsonl, line 1: the event is of campaign ${campaignId}`),
    );
  });
});

describe('a log that ends elsewhere than the manifest says', () => {
  it('is refused, with both ends', async () => {
    const { events: count, headHash } = await checked(bundle);
    const other = '0'.repeat(64);
    const ends = (seq: number, hash: string) =>
      refused(
        `events.jsonl ends with event ${count} (${headHash}), where the manifest has event ${seq} (${hash})`,
      );
    await expect(checked(await withManifest((one) => ({ ...one, events: count + 1 })))).rejects.toEqual(
      ends(count + 1, headHash),
    );
    await expect(checked(await withManifest((one) => ({ ...one, headHash: other })))).rejects.toEqual(
      ends(count, other),
    );
  });

  it('is refused where its events are the same and its bytes are not', async () => {
    const spaced = await rewritten(bundle, 'events.jsonl', (text) => text.replaceAll('\n', ' \n'));
    await expect(checked(spaced)).rejects.toEqual(refused(/^events\.jsonl was changed: its SHA-256 is /));
  });
});
