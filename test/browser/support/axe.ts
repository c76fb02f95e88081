import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

/** What breaks WCAG 2.2 AA on a page as it is, or on a part of it. */
export async function axe(page: Page, part: string | null = null): Promise<readonly string[]> {
  // Colours fade in after a change of theme.
  await page.waitForTimeout(300);
  await page.evaluate(source);
  return page.evaluate<string[]>(
    `axe.run(${part === null ? 'document' : JSON.stringify(part)}, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
      .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map((n) => n.html).join(' ')))`,
  );
}

export async function inBothThemes(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await axe(page)).map((violation) => `${colorScheme}: ${violation}`));
  }
  return found;
}
