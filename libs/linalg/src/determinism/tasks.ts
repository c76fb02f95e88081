import { hashOfSection } from './sections.js';

/** A pool opened on this module works through the sections in its threads. */
export const tasks = { hashOfSection };
