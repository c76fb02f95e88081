import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const fields = ['version', 'integrity', 'resolved'];

/**
 * Whether what stands in node_modules is what the lock file says, whoever installed it. npm writes down there what
 * it installed; packages for other platforms are in the lock file only.
 */
export function matchesLockFile(root) {
  const written = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(written)) return false;
  const installed = packagesOf(written);
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const same = (a, b) => fields.every((field) => a?.[field] === b?.[field]);
  return (
    Object.keys(installed).every((path) => same(installed[path], wanted[path])) &&
    Object.keys(wanted).every(
      (path) => !path.includes('node_modules') || path in installed || wanted[path].optional,
    )
  );
}

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
