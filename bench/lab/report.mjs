import { cpus, loadavg } from 'node:os';
import { wanted } from './settings.mjs';

export const machine = () => ({
  processors: cpus().length,
  model: cpus()[0]?.model.trim() ?? 'unknown',
  node: process.versions.node,
  load: loadavg()[0],
});

const ms = (value) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
const none = (faults) => (faults.length === 0 ? 'none' : `${faults.length}, the first: ${faults[0]}`);

/** A rate or a time of a smoke run says nothing, so only what must hold at any size is checked there. */
export function checksOf({ smoke, claims, submits, depth }) {
  const check = (what, measured, limit, reached) => ({ what, measured, limit, reached });
  const figures = [
    claims &&
      check(
        'p99 of a claim',
        ms(claims.claims.p99),
        `< ${ms(wanted.claimP99)}`,
        claims.claims.p99 < wanted.claimP99,
      ),
    submits &&
      check(
        'submits a second, sustained',
        submits.perSecond.toFixed(1),
        `≥ ${wanted.submitsPerSecond}`,
        submits.perSecond >= wanted.submitsPerSecond,
      ),
    submits &&
      check(
        'p99 of a submit',
        ms(submits.submits.p99),
        `< ${ms(wanted.submitP99)}`,
        submits.submits.p99 < wanted.submitP99,
      ),
    depth &&
      check(
        'p99 of a claim, deep over short queue',
        depth.ratio.toFixed(2),
        `≤ ${wanted.depthRatio}`,
        depth.ratio <= wanted.depthRatio,
      ),
  ];
  const promises = [
    claims &&
      check('experiments not claimed exactly once', none(claims.faults), 'none', claims.faults.length === 0),
    submits &&
      check(
        'acknowledged submits not in the database',
        none(submits.faults),
        'none',
        submits.faults.length === 0,
      ),
  ];
  return [...promises, ...(smoke ? [] : figures)].filter((one) => one !== undefined);
}

export function markdown({ machine: { processors, model, node, load, loadAfter }, checks, ...results }) {
  return [
    `${processors} × ${model}, Node ${node}, load ${load.toFixed(1)} before and ${loadAfter.toFixed(1)} after.`,
    '',
    table(['', 'requests', 'a second', 'p50', 'p90', 'p99', 'slowest'], timesOf(results)),
    '',
    table(
      ['', 'measured', 'wanted', 'reached'],
      checks.map(({ what, measured, limit, reached }) => [what, measured, limit, reached ? 'yes' : 'NO']),
    ),
  ].join('\n');
}

function timesOf({ claims, submits, depth }) {
  const row = (what, times, perSecond) => [
    what,
    String(times.count),
    perSecond === undefined ? '' : perSecond.toFixed(0),
    ...[times.p50, times.p90, times.p99, times.max].map(ms),
  ];
  return [
    claims &&
      row(
        `${claims.stations} stations race for ${claims.experiments} experiments`,
        claims.claims,
        claims.perSecond,
      ),
    submits &&
      row(`${submits.stations} stations hand in at a steady rate`, submits.submits, submits.perSecond),
    submits && row('the same, each as fast as it can', submits.most, submits.mostPerSecond),
    depth && row(`claims, ${depth.shortLength} queued`, depth.short),
    depth && row(`claims, ${depth.deepLength} queued`, depth.deep),
  ].filter((cells) => cells !== undefined);
}

function table(header, rows) {
  const widths = header.map((cell, i) => Math.max(cell.length, ...rows.map((row) => row[i].length), 3));
  const line = (cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
