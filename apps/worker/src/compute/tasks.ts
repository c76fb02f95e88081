import { analysisTasks, plan, posterior, screeningTasks } from '@ionloop/planner';
import { giveWay } from './give-way.js';
import { think } from './thought.js';

giveWay();

/** What a compute thread can be asked; plain data both ways. */
export const tasks = { plan, posterior, think, ...screeningTasks, ...analysisTasks };
