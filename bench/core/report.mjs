/** The results as tables of Markdown, which a terminal shows well enough, and what fell short. */
const formats = {
  ratio: (value) => value.toFixed(value < 0.1 ? 3 : 2),
  percent: (value) => `${(100 * value).toFixed(1)} %`,
  power: (value) => value.toExponential(1),
  megabytes: (value) => `${value.toFixed(0)} MB`,
};

function milliseconds(seconds) {
  return Number((1e3 * seconds).toPrecision(3)).toString();
}

/** median (lower quartile–upper quartile) */
function quartiles({ lower, median, upper }, format) {
  return `${format(median)} (${format(lower)}–${format(upper)})`;
}

function table(header, rows) {
  const widths = header.map((cell, i) => Math.max(cell.length, ...rows.map((row) => row[i].length), 3));
  const line = (cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function notesOf({ speed, notes }, ceiling) {
  if (!speed) return notes.join('; ');
  return `${speed.median.toFixed(1)} GFLOP/s, ${(100 * (speed.median / ceiling)).toFixed(0)} % of the ceiling`;
}

function timesTable(rows, ceiling) {
  const cells = rows.flatMap((row) =>
    Object.entries(row.seconds).map(([name, seconds], i) => [
      i === 0 ? row.subject : '',
      i === 0 ? String(row.n) : '',
      name,
      quartiles(seconds, milliseconds),
      milliseconds(seconds.min),
      row.ratios[name] ? quartiles(row.ratios[name], formats.ratio) : '',
      i === 0 ? notesOf(row, ceiling) : '',
    ]),
  );
  return table(['', 'n', 'who', 'ms: median (quartiles)', 'fastest', 'ours over theirs', ''], cells);
}

function checksTable(checks) {
  const cells = checks.map(({ what, value, limit, sign, passed, format, reason }) => [
    what,
    reason ?? formats[format](value),
    reason ? '' : `${sign} ${formats[format](limit)}`,
    passed ? 'yes' : 'NO',
  ]);
  return table(['', 'measured', 'must be', 'reached'], cells);
}

function peakOfMemory(memory) {
  if (memory === undefined) return [];
  const { n, m, megabytes } = memory;
  const each = megabytes.map((peak) => peak.toFixed(0)).join(', ');
  return [`Peak of the resident memory of a fresh process, n = ${n}, m = ${m}: ${each} MB.`, ''];
}

export function markdown({ settings, machine, ceiling, peers, memory, rows, checks }) {
  const versions = Object.entries(peers.versions ?? {}).map(([name, version]) => `${name} ${version}`);
  const turns = [200, 1000, 2000].map((n) => settings.turns(n).rounds);
  const failed = checks.filter(({ passed }) => !passed).length;
  return [
    '## The numerical core',
    '',
    `\`npm run bench:core\`${settings.name === 'full' ? '' : `, sizes: ${settings.name}`} — ${machine.cpus} × ${machine.cpu}, Node ${machine.node}, core: ${machine.core}.`,
    peers.missing
      ? `The peers are missing: ${peers.missing}.`
      : `Peers, on one thread: ${versions.join(', ')}.`,
    `Contestants take turns, ${turns.join(', ')} rounds at n = 200, 1000, 2000 (${settings.posterior.turns.rounds} for posteriors); ratios are medians of the ratios within rounds. CPU time`,
    'of our process against that of the peer’s thread, unless it says wall time. Ceiling of 128-bit multiplications and additions, measured in',
    `WebAssembly in the same run: ${ceiling.toFixed(1)} GFLOP/s. A Cholesky factorisation counts n³/3 + n²/2 + n/6 operations.`,
    '',
    timesTable(rows, ceiling),
    '',
    ...peakOfMemory(memory),
    failed === 0 ? 'All that must be reached is.' : `${failed} of ${checks.length} fall short.`,
    '',
    checksTable(checks),
    '',
  ].join('\n');
}

export function shortfalls(checks) {
  return checks
    .filter(({ passed }) => !passed)
    .map(({ what, value, limit, sign, format, reason }) =>
      reason
        ? `${what}: ${reason}`
        : `${what}: ${formats[format](value)}, must be ${sign} ${formats[format](limit)}`,
    );
}
