/** The results as tables of Markdown, and what fell short. */
const short = (value) =>
  typeof value === 'number' ? Number(value.toPrecision(3)).toString() : String(value);
const seconds = (value) => (value === null ? '' : short(value));

function table(header, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

export function markdown({ machine, versions, missing, rows, checks }) {
  const peers = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const told = [
    ...(peers.length === 0 ? [] : [`Peers on one thread: ${peers.join(', ')}.`]),
    ...missing.map(({ what, reason }) => `${what} missing: ${reason}.`),
  ];
  return [
    `\`npm run bench:surrogates\` — ${machine}. ${told.join(' ')}`,
    '',
    table(
      ['', 'ours, s', 'peer', 'peer, s', 'ours over theirs'],
      rows.map(({ what, ours, peer, theirs, ratio }) => [
        ...[what, seconds(ours), peer ?? ''],
        ...[seconds(theirs), seconds(ratio)],
      ]),
    ),
    '',
    table(
      ['', 'measured', 'must be', 'reached'],
      checks.map(({ what, value, limit, sign, passed }) => [
        what,
        short(value),
        `${sign} ${short(limit)}`,
        passed ? 'yes' : 'NO',
      ]),
    ),
    '',
  ].join('\n');
}

export function shortfalls(checks) {
  return checks
    .filter(({ passed }) => !passed)
    .map(({ what, value, limit, sign }) => `${what}: ${short(value)}, must be ${sign} ${short(limit)}`);
}
