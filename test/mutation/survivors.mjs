import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';

export const notDrawn = 'not in the sample';

/** Each result as it comes, a line each, so that a long run can be read before it is over; at its end, what each folder came to. */
export class Survivors {
  #fileName;
  #folder;

  static inject = ['options'];
  constructor({ survivors }) {
    this.#fileName = survivors.fileName;
    this.#folder = survivors.folder;
  }

  onMutationTestingPlanReady() {
    mkdirSync(dirname(this.#fileName), { recursive: true });
    writeFileSync(this.#fileName, '');
  }

  onMutantTested({ fileName, location: { start, end }, status, statusReason, mutatorName, replacement }) {
    if (statusReason === notDrawn) return;
    const place = `${relative(process.cwd(), fileName)}:${start.line}:${start.column}-${end.line}:${end.column}`;
    const to = (replacement ?? '').replace(/\s+/g, ' ');
    appendFileSync(this.#fileName, `${status} ${place} ${mutatorName} ${to}\n`);
  }

  onMutationTestReportReady({ files }) {
    const sums = new Map();
    for (const [path, { mutants }] of Object.entries(files)) {
      const inside = relative(this.#folder, path);
      const name = inside.includes('/') ? inside.slice(0, inside.indexOf('/')) : '.';
      for (const key of [name, 'all']) {
        const sum = sums.get(key) ?? { tried: 0, noticed: 0, survived: 0, unreached: 0 };
        sums.set(key, sum);
        for (const { status } of mutants) {
          if (status === 'Killed' || status === 'Timeout') sum.noticed += 1;
          if (status === 'Survived') sum.survived += 1;
          if (status === 'NoCoverage') sum.unreached += 1;
        }
        sum.tried = sum.noticed + sum.survived;
      }
    }
    const rows = [...sums].sort(([a], [b]) => (a === 'all' ? 1 : b === 'all' ? -1 : a < b ? -1 : 1));
    console.log('\n| folder | tried | noticed | survived | share of those tried | reached by no test |');
    console.log('| --- | --- | --- | --- | --- | --- |');
    for (const [name, { tried, noticed, survived, unreached }] of rows)
      console.log(
        `| \`${name}\` | ${tried} | ${noticed} | ${survived} | ${share(noticed, tried)} | ${unreached} |`,
      );
  }
}

/** With the interval in which the share lies 19 times of 20, after Wilson, if those tried were drawn from many. */
function share(part, whole) {
  if (whole === 0) return '';
  const z = 1.96;
  const p = part / whole;
  const middle = p + (z * z) / (2 * whole);
  const half = z * Math.sqrt((p * (1 - p)) / whole + (z * z) / (4 * whole * whole));
  const [low, high] = [middle - half, middle + half].map((end) => percent(end / (1 + (z * z) / whole)));
  return `${percent(p)} % (${low}–${high})`;
}

const percent = (part) => (100 * part).toFixed(1);
