import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newMeasurement, StoreStory } from '@ionloop/engine/testing';
import { withAdmin } from './support/admin.js';
import { migratedDatabase, type Opened } from './support/database.js';

describe('the database itself', () => {
  let opened: Opened;
  let story: StoreStory;
  let campaignId: string;
  const measurement = newMeasurement({ uncertainty: null });

  beforeAll(async () => {
    opened = await migratedDatabase();
    story = new StoreStory(opened.persistence.store);
    campaignId = await story.activeCampaign();
    await story.accepted(campaignId, [measurement]);
    await story.knowledge(campaignId);
  });
  afterAll(() => opened.close());

  const run = (sql: string, values: unknown[] = []): Promise<number | null> =>
    withAdmin(opened.url, async (client) => (await client.query(sql, values)).rowCount);

  it.each([
    "UPDATE event SET event = '{}'",
    'UPDATE event SET seq = seq + 1',
    'DELETE FROM event',
    'TRUNCATE event',
    'DELETE FROM measurement',
    'TRUNCATE measurement CASCADE',
    'DELETE FROM knowledge',
    'TRUNCATE knowledge',
  ])('refuses "%s": what was written is only added to', async (sql) => {
    await expect(run(sql)).rejects.toThrow(/append-only/);
  });

  it.each([
    'value = value * 2',
    'uncertainty = 0',
    "unit = 'mS/cm'",
    "conditions = '{}'",
    "raw = '{}'",
    "flags = '{good}'",
    "property = 'density'",
    'attempt_id = NULL',
    'supersedes = id',
    'created_at = now()',
  ])('refuses to change a measurement by %s', async (change) => {
    await expect(run(`UPDATE measurement SET ${change}`)).rejects.toThrow(/kept as it was made/);
  });

  it("lets a measurement's status and note change", async () => {
    const sql = "UPDATE measurement SET status = 'excluded', note = 'a reason' WHERE id = $1";
    expect(await run(sql, [measurement.id])).toBe(1);
  });

  it.each([
    "frozen_rows = '[]'",
    "hash = 'another'",
    'number = number + 1',
    "origin = '{}'",
    "added_by = 'eve'",
    'created_at = now()',
  ])('refuses to change knowledge by %s', async (change) => {
    await expect(run(`UPDATE knowledge SET ${change}`)).rejects.toThrow(/kept as it was added/);
  });

  it('lets knowledge be removed, once', async () => {
    const id = await story.knowledge(campaignId);
    const remove = 'UPDATE knowledge SET removed = $2 WHERE id = $1';
    expect(await run(remove, [id, '{"by":"ada","at":"2026-01-01T00:00:00.000Z","reason":"wrong"}'])).toBe(1);
    await expect(run(remove, [id, null])).rejects.toThrow(/only be removed, once/);
  });

  it('refuses to change what a campaign was created with', async () => {
    await expect(run("UPDATE campaign SET space = '{}'")).rejects.toThrow(/fixed/);
    await expect(run('UPDATE campaign SET budget = 1000')).rejects.toThrow(
      /fixed in each of their revisions/,
    );
    await expect(run("UPDATE campaign SET seed = 'x', revision = revision + 1")).rejects.toThrow(/fixed/);
    await expect(run('UPDATE campaign SET revision = revision - 1')).rejects.toThrow(/fixed/);
  });

  it('refuses a second started attempt of one experiment, whatever else is wrong', async () => {
    const id = await story.activeCampaign();
    const first = await story.started(id);
    const experimentId = (await opened.persistence.store.read.attempt(first))?.experimentId ?? '';
    const copy = (fence: string, state: string): Promise<number | null> =>
      run(
        `INSERT INTO attempt
         SELECT id || '-copy', campaign_id, experiment_id, station_id, boot_id, ${fence}, spec_hash, '${state}',
                cancel_requested, device_run_id, outcome, note, leased_at, started_at, ended_at
         FROM attempt WHERE experiment_id = $1`,
        [experimentId],
      );
    await expect(copy('fence + 1', 'started')).rejects.toThrow(/attempt_one_started/);
    await expect(copy('fence', 'suspect')).rejects.toThrow(/attempt_fence_key/);
    expect(await copy('fence + 1', 'suspect')).toBe(1);
  });

  it('refuses a second experiment of one number', async () => {
    const sql = `
      INSERT INTO experiment (id, campaign_id, number, state, point, spec_hash, origin, reason, fence, rank, results, search_text, created_at)
      SELECT id || '-copy', campaign_id, number, state, point, spec_hash, origin, reason, fence, rank, results, search_text, created_at
      FROM experiment WHERE campaign_id = $1`;
    await expect(run(sql, [campaignId])).rejects.toThrow(/experiment_number_key/);
  });
});
