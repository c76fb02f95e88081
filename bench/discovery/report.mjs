/** The results as tables of Markdown, and what fell short. */
import { firstRatio, foundRatio, shared } from './compare.mjs';
import { contestants, peerNames } from './contestants.mjs';
import { overallOf } from './checks.mjs';
import { checkpoints } from './figures.mjs';

const short = (value) =>
  typeof value === 'number' ? Number(value.toPrecision(3)).toString() : String(value);
const percent = (value) => `${(100 * value).toFixed(0)} %`;
const spread = ({ median, ci: [low, high] }, text) => `${text(median)} [${text(low)}, ${text(high)}]`;
const between = ({ ratio, low, high }) => `${ratio.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;

export function table(header, rows) {
  const widths = header.map((cell, i) => Math.max(cell.length, ...rows.map((row) => row[i].length), 3));
  const line = (cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

const againstAuto = (name, results, top) => {
  if (name === 'auto' || results.auto === undefined || shared(results.auto, results[name]).length === 0)
    return ['', ''];
  const first = firstRatio(results.auto, results[name]);
  const found = foundRatio(results.auto, results[name], top);
  return [`${between(first)}, p ${short(first.p)}`, `${between(found)}, p ${short(found.p)}`];
};

function poolTable(results, top) {
  const rows = Object.keys(contestants)
    .filter((name) => (results[name]?.seeds.length ?? 0) > 0)
    .map((name) => {
      const { seeds, first, found, best, regret, af, ef, seconds } = results[name];
      return [
        contestants[name].title,
        String(seeds.length),
        spread(first, short),
        spread(found, percent),
        ...checkpoints.map((at) => (best[at] === undefined ? '' : short(best[at]))),
        short(regret),
        af['0.5'] === null ? '' : short(af['0.5']),
        short(ef.max),
        short(1000 * seconds),
        ...againstAuto(name, results, top),
      ];
    });
  return table(
    [
      'contestant',
      'seeds',
      'first top-5 % hit',
      'top 5 % found',
      ...checkpoints.map((at) => `best at ${at}`),
      'regret',
      'AF 50 %',
      'EF max',
      'CPU ms',
      'first hit, auto over it',
      'found, auto over it',
    ],
    rows,
  );
}

function overallTable(tables, tops) {
  const rows = Object.keys(contestants).flatMap((name) => {
    const found = name === 'auto' ? null : overallOf(name, tables, tops);
    if (found === null) return [];
    const [fewest, most] = found.seeds;
    return [
      [
        contestants[name].title,
        `${found.pools}`,
        fewest === most ? `${fewest}` : `${fewest}–${most}`,
        between(found.first),
        between(found.found),
      ],
    ];
  });
  return table(['', 'pools', 'seeds shared', 'its first hit over auto’s', 'found by auto over it'], rows);
}

function calibrationTable(tables) {
  const rows = Object.entries(tables).flatMap(([pool, { auto }]) => {
    const held = auto?.calibration;
    return held ? [[pool, ...[50, 80, 95].map((level) => percent(held[level]))]] : [];
  });
  return rows.length === 0
    ? []
    : [
        'How often what `auto` asked for came out inside the interval it had predicted for the property itself, without measurement noise:',
        '',
        table(['', '50 % hold', '80 % hold', '95 % hold'], rows),
        '',
      ];
}

export const checksTable = (checks) =>
  table(
    ['', 'measured', 'must be', 'reached'],
    checks.map(({ what, value, limit, sign, passed }) => [
      what,
      short(value),
      `${sign} ${short(limit)}`,
      passed ? 'yes' : 'NO',
    ]),
  );

export function markdown({ machine, settings, own, versions, missing, tables, tops, cases, checks }) {
  const peers = peerNames.map((name) =>
    missing[name] === undefined
      ? `${contestants[name].title} (${versions[name] ?? 'no run kept'})`
      : `${contestants[name].title} is missing: ${missing[name]}`,
  );
  const failed = checks.filter(({ passed }) => !passed).length;
  return [
    '## Discovery',
    '',
    `\`npm run bench:discovery\` — ${machine}; ${own}. Initial ${settings.initial} at random, the same for all by seed, batch ${settings.batch}, budget ${settings.budget}.`,
    `Peers, on one thread: ${peers.join('; ')}.`,
    'Medians with 95 % bootstrap intervals over the seeds; ratios and p (exchange of signs) seed by seed, on the seeds that both have played. `regret`: mean distance of the',
    'best so far from the best of all, over the distance of the median row. AF, EF: as `ionloop replay` has them. CPU: of one suggestion, fit included.',
    '',
    ...(Object.keys(tables).length === 0
      ? []
      : [
          '### Over all pools, geometric means (above 1: `auto` is ahead)',
          '',
          overallTable(tables, tops),
          '',
        ]),
    ...Object.entries(tables).flatMap(([pool, results]) => [
      `### ${pool}: ${tops[pool]} rows are the top 5 %`,
      '',
      poolTable(results, tops[pool]),
      '',
    ]),
    ...calibrationTable(tables),
    ...cases.flatMap(({ title, rows }) => [
      `### ${title}`,
      '',
      table(
        Object.keys(rows[0]),
        rows.map((row) => Object.values(row).map(short)),
      ),
      '',
    ]),
    failed === 0 ? 'All that must be reached is.' : `${failed} of ${checks.length} fall short.`,
    '',
    checksTable(checks),
    '',
  ].join('\n');
}

export const shortfalls = (checks) =>
  checks
    .filter(({ passed }) => !passed)
    .map(({ what, value, limit, sign }) => `${what}: ${short(value)}, must be ${sign} ${short(limit)}`);
