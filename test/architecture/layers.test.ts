import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const checkout = resolve(__dirname, '../..');
const cruiser = resolve(checkout, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

interface Report {
  readonly summary: {
    readonly violations: { readonly rule: { readonly name: string } }[];
    readonly totalCruised: number;
  };
}

function cruise(folder: string): { rules: string[]; cruised: number } {
  const run = spawnSync(
    process.execPath,
    [
      cruiser,
      'apps',
      'libs',
      '--config',
      resolve(checkout, '.dependency-cruiser.cjs'),
      '--output-type',
      'json',
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  const { summary } = JSON.parse(run.stdout) as Report;
  return { rules: summary.violations.map(({ rule }) => rule.name), cruised: summary.totalCruised };
}

describe('the layers', () => {
  it('hold in this repository', () => {
    const { rules, cruised } = cruise(checkout);
    expect(cruised).toBeGreaterThan(150);
    expect(rules).toEqual([]);
  });

  it.each([
    'libs-never-import-apps',
    'no-deep-lib-imports',
    'domain-is-pure',
    'no-cycles',
    'not-to-unresolvable',
    'lib-linalg-imports',
  ])('catch a planted breach of %s', (rule) => {
    expect(planted().rules).toContain(rule);
  });
});

let remembered: ReturnType<typeof cruise> | undefined;
const planted = (): ReturnType<typeof cruise> =>
  (remembered ??= cruise(resolve(checkout, 'test/architecture/canary')));
