import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Failure } from '../failure.js';

export type App = 'api' | 'worker' | 'lab-sim';

/** Where an app's program is. Apps do not import each other: they are programs beside this one. */
export const entryOf = (app: App): string =>
  fileURLToPath(new URL(`../../../${app}/dist/main.js`, import.meta.url));

export const dashboardPage = (): string =>
  fileURLToPath(new URL('../../../dashboard/dist/site/index.html', import.meta.url));

export function requireBuilt(apps: readonly App[]): void {
  for (const app of apps) {
    if (!existsSync(entryOf(app)))
      throw new Failure(`the ${app} is not built (${entryOf(app)}): run npm run build`);
  }
}
