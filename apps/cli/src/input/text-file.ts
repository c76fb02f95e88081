import { readFileSync } from 'node:fs';
import { Failure, messageOf, systemCode } from '../failure.js';

export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const why =
      systemCode(error) === 'ENOENT'
        ? 'there is no such file'
        : systemCode(error) === 'EISDIR'
          ? 'it is a folder'
          : messageOf(error);
    throw new Failure(`${file} cannot be read: ${why}`);
  }
}

export function readJson(file: string): unknown {
  const text = readText(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(`${file} is not JSON: ${messageOf(error)}${lineIn(text, messageOf(error))}`);
  }
}

/** JSON.parse tells a position; people look for a line. */
function lineIn(text: string, message: string): string {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position === undefined || message.includes('line ')) return '';
  return ` (line ${text.slice(0, Number(position)).split('\n').length})`;
}
