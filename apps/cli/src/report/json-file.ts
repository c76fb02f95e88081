import { closeSync, openSync, writeFileSync } from 'node:fs';
import { Failure, messageOf, systemCode } from '../failure.js';

/** Refuses at once a file that could not be written after the work is done. */
export function checkWritable(file: string | undefined): void {
  if (file === undefined) return;
  try {
    closeSync(openSync(file, 'a'));
  } catch (error) {
    throw unwritable(file, error);
  }
}

export function writeJson(file: string | undefined, value: unknown): void {
  if (file !== undefined) writeLines(file, [JSON.stringify(value, null, 2)]);
}

export function writeLines(file: string, lines: readonly string[]): void {
  try {
    writeFileSync(file, `${lines.join('\n')}\n`);
  } catch (error) {
    throw unwritable(file, error);
  }
}

const unwritable = (file: string, error: unknown): Failure =>
  new Failure(
    `${file} cannot be written: ${systemCode(error) === 'ENOENT' ? 'its folder does not exist' : messageOf(error)}`,
  );
