import { afterEach, beforeEach, expect } from '@jest/globals';
import type { Engine } from '../deps.js';
import { type Planner, verifyCampaign } from '../index.js';
import type { RecordStore } from '../ports.js';
import { TestLoop } from './loop.js';
import { StoreStory } from './store-story.js';

export interface OpenedEngine {
  readonly engine: Engine;
  close(): Promise<void>;
}

export interface OpenedStore {
  readonly store: RecordStore;
  close(): Promise<void>;
}

/** Gives each test of the block an engine of its own; at its end every campaign in it is verified, and nothing in it forgotten. */
export function newLoopForEach(
  open: () => Promise<OpenedEngine>,
  planner: Planner,
  begin: (opened: { readonly engine: Engine; readonly loop: TestLoop }) => void,
): void {
  let opened: OpenedEngine;
  beforeEach(async () => {
    opened = await open();
    const { engine } = opened;
    begin({ engine, loop: new TestLoop(engine, planner) });
  });
  afterEach(async () => {
    const { read } = opened.engine.store;
    for (const { id } of await read.campaigns()) {
      expect(await read.forgotten(id)).toEqual([]);
      const { ok, faults, tablesCompared, plans } = await verifyCampaign(read, planner, id);
      expect({ ok, faults, tablesCompared }).toEqual({ ok: true, faults: [], tablesCompared: true });
      expect(plans.filter(({ identical }) => !identical)).toEqual([]);
    }
    await opened.close();
  });
}

/** Gives each test of the block a store, which may be the same again: no test needs it to be empty. */
export function storeForEach(
  open: () => Promise<OpenedStore>,
  begin: (opened: { readonly store: RecordStore; readonly story: StoreStory }) => void,
): void {
  let opened: OpenedStore;
  beforeEach(async () => {
    opened = await open();
    begin({ store: opened.store, story: new StoreStory(opened.store) });
  });
  afterEach(() => opened.close());
}
