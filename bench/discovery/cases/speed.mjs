/**
 * One suggestion, fit included, beside BoTorch in the same run, taking turns: six inputs, n results, 2000 candidates not yet tried. Cold: nothing is known of the
 * space or the model. Warm: one result more than a moment ago. CPU seconds of either process, on one thread each; before the first is timed both have
 * made some suggestions, as a worker that has been up for a minute has. What the very first one takes is told apart. And a million candidates, wall time.
 */
import { plan } from '@ionloop/planner';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openContestant } from '../peers.mjs';
import { rowsSpace } from '../request.mjs';
import { names, problem, request } from '../speed-problem.mjs';

const free = 2000;
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

export async function benchSpeed({ settings, say, withPeers }) {
  const { sizes, rounds, million, before } = settings.speed;
  const peer = withPeers ? await openContestant('botorch', say) : { missing: 'a smoke run asks none' };
  const rows = [];
  const checks = [];
  try {
    const firsts = [];
    for (let k = 0; k < before; k++) {
      say(`suggestion ${k + 1} of ${before} that are not judged`);
      const points = problem(sizes[0] + free, `before/${k}`);
      const ours = ownTimes(points, sizes[0]);
      firsts.push({
        ours,
        theirs: peer.missing === undefined ? await peerTimes(peer, points, sizes[0]) : null,
      });
    }
    rows.push(firstRow(sizes[0], firsts[0]));
    for (const n of sizes) {
      const times = [];
      for (let round = 0; round < rounds(n); round++) {
        say(`one suggestion, n = ${n}, round ${round + 1}`);
        const points = problem(n + free, `${n}/${round}`);
        const ours = ownTimes(points, n);
        times.push({ ours, theirs: peer.missing === undefined ? await peerTimes(peer, points, n) : null });
      }
      for (const [kind, limit] of [
        ['cold', { 50: 30, 200: 10, 1000: 3, 2000: 1 }[n]],
        ['warm', 10],
      ]) {
        const [ours, theirs] = ['ours', 'theirs'].map((who) => times.map((each) => each[who]?.[kind]));
        const ratio =
          peer.missing === undefined ? median(times.map((t) => t.theirs[kind] / t.ours[kind])) : null;
        rows.push({
          ...{ n, suggestion: kind, 'ours, s': median(ours) },
          'BoTorch, s': ratio === null ? 'missing' : median(theirs),
          'times as fast': ratio ?? '',
        });
        checks.push({
          what: `one suggestion, n = ${n}, ${kind}: times as fast as BoTorch`,
          value: ratio ?? `BoTorch is missing: ${peer.missing}`,
          ...{ limit, sign: '≥', passed: ratio !== null && ratio >= limit },
        });
      }
    }
  } finally {
    await peer.close?.();
  }
  const many = secondsOfMany(million, say);
  rows.push({
    ...{
      n: million.n,
      suggestion: `${million.candidates} candidates, wall`,
      'ours, s': many === Infinity ? `more than ${patience}` : many,
    },
    ...{ 'BoTorch, s': '', 'times as fast': '' },
  });
  checks.push({
    what: `${million.candidates} candidates at n = ${million.n}: seconds`,
    ...{ value: many === Infinity ? `more than ${patience}` : many, limit: 4, sign: '≤', passed: many <= 4 },
  });
  return { cases: [{ title: 'One suggestion', rows }], checks };
}

/** Of either process: compilers are cold, and files are read. */
const firstRow = (n, { ours, theirs }) => ({
  ...{ n, suggestion: 'the first of a process', 'ours, s': ours.cold },
  'BoTorch, s': theirs?.cold ?? 'missing',
  'times as fast': theirs === null ? '' : theirs.cold / ours.cold,
});

function ownTimes(points, n) {
  const space = rowsSpace(names, points.X);
  const timed = (count) => {
    const before = process.cpuUsage();
    plan(request(points, space, count));
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
  return { cold: timed(n), warm: timed(n + 1) };
}

async function peerTimes(peer, { X, y }, n) {
  const columns = names.map((name, j) => ({ kind: 'number', name, values: X.map((x) => x[j]) }));
  const seen = (count) => Array.from({ length: count }, (_, i) => i);
  const ask = (count, warm) => peer.once({ columns, seen: seen(count), values: y.slice(0, count), warm });
  return { cold: await ask(n, false), warm: await ask(n + 1, true) };
}

const patience = 120;

/** In a process of its own, which is ended when it takes too long. */
function secondsOfMany({ candidates, n }, say) {
  say(`${candidates} candidates`);
  const script = fileURLToPath(new URL('million.mjs', import.meta.url));
  const run = spawnSync(process.execPath, [script, String(candidates), String(n)], {
    encoding: 'utf8',
    timeout: 1000 * patience,
  });
  if (run.status === 0) return Number(run.stdout);
  return run.signal === 'SIGTERM' ? Infinity : `failed: ${run.stderr.trim().split('\n').at(-1)}`;
}
