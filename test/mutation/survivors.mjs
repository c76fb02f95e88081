import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';

/** Each result as it comes, a line each: a long run can be read before it is over. */
export class Survivors {
  #fileName;

  static inject = ['options'];
  constructor({ survivors }) {
    this.#fileName = survivors.fileName;
  }

  onMutationTestingPlanReady() {
    mkdirSync(dirname(this.#fileName), { recursive: true });
    writeFileSync(this.#fileName, '');
  }

  onMutantTested({ fileName, location: { start, end }, status, mutatorName, replacement }) {
    const place = `${relative(process.cwd(), fileName)}:${start.line}:${start.column}-${end.line}:${end.column}`;
    const to = (replacement ?? '').replace(/\s+/g, ' ');
    appendFileSync(this.#fileName, `${status} ${place} ${mutatorName} ${to}\n`);
  }
}
