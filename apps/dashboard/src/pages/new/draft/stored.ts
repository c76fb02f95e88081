import { isFields } from '../../../api/json.js';
import { blank, type Draft } from './draft.js';

const key = 'ionloop.new-campaign';
/** Another where drafts have other fields: what an older page kept is let go then. */
const version = 2;

export interface KeptDraft {
  readonly draft: Draft;
  /** Of the template that it came from. */
  readonly template: string | null;
  readonly at: string;
}

/** The draft that this browser keeps while the page is closed; null where there is none that can be read. */
export function keptDraft(storage: Pick<Storage, 'getItem'> = localStorage): KeptDraft | null {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? 'null');
    if (!isFields(kept) || kept['version'] !== version || !isFields(kept['draft'])) return null;
    const { draft, template, at } = kept;
    const isWhole = Object.entries(blank).every(([field, value]) =>
      value === null
        ? field in draft
        : typeof draft[field] === typeof value && Array.isArray(draft[field]) === Array.isArray(value),
    );
    if (!isWhole || typeof at !== 'string') return null;
    return { draft: draft as unknown as Draft, template: typeof template === 'string' ? template : null, at };
  } catch {
    return null;
  }
}

/** False where it does not fit into what a browser keeps. */
export function keepDraft(
  kept: Omit<KeptDraft, 'at'>,
  now: Date,
  storage: Pick<Storage, 'setItem' | 'removeItem'> = localStorage,
): boolean {
  try {
    storage.setItem(key, JSON.stringify({ version, ...kept, at: now.toISOString() }));
    return true;
  } catch {
    storage.removeItem(key);
    return false;
  }
}

export const forgetDraft = (storage: Pick<Storage, 'removeItem'> = localStorage): void =>
  storage.removeItem(key);
