import { analysisTasks, plan, posterior, screeningTasks } from '@ionloop/planner';
import { think } from './thought.js';

/** What a compute thread can be asked; plain data both ways. */
export const tasks = { plan, posterior, think, ...screeningTasks, ...analysisTasks };
