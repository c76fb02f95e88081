import { analysisTasks, plan, posterior, screeningTasks } from '@ionloop/planner';

/** What a compute thread can be asked; plain data both ways. */
export const tasks = { plan, posterior, ...screeningTasks, ...analysisTasks };
