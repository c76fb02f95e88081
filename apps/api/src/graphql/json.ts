import type { Json } from '@ionloop/domain';

const deepest = 32;

/** What is wrong with a value that came in as JSON, or null: an infinity (1e999 is read as one), endless nesting. */
export function complaintAboutJson(value: unknown, depth = 0): string | null {
  if (depth > deepest) return `is nested more than ${deepest} levels deep`;
  if (typeof value === 'number')
    return Number.isFinite(value) ? null : `holds ${value}, which is no finite number`;
  if (typeof value === 'string') return value.includes('\0') ? 'holds a text with a zero character' : null;
  if (value === null || typeof value === 'boolean') return null;
  if (typeof value !== 'object') return `holds a ${typeof value}`;
  for (const member of Array.isArray(value) ? (value as unknown[]) : Object.values(value)) {
    const complaint = complaintAboutJson(member, depth + 1);
    if (complaint !== null) return complaint;
  }
  return null;
}

export const isJson = (value: unknown): value is Json => complaintAboutJson(value) === null;
