const ms = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
/** What one delivery takes is a fraction of a millisecond. */
const fine = (value) => (value < 1 ? `${value.toFixed(2)} ms` : ms(value));
const mb = (value) => `${value.toFixed(0)} MB`;

/** What was asked for, and whether it was reached. `always`: at any size and on any machine. */
export function checksOf({ queries, apart, shared, subscribers }) {
  const checks = [];
  const check = (what, measured, limit, reached, always = false) =>
    checks.push({ what, measured, limit, reached, always });
  for (const [servers, asked] of [
    ['one server', queries],
    ['one server, of many campaigns', apart],
    ['a server for each core', shared],
  ]) {
    if (asked === undefined) continue;
    const { atRest, fitting } = asked;
    const failed = atRest.failed + fitting.failed;
    check(`${servers}: questions that failed`, String(failed), 'none', failed === 0, true);
    check(
      `${servers}: a fit was under way to the end`,
      fitting.running ? 'yes' : `${fitting.finished} ended`,
      'yes',
      fitting.running || fitting.finished > 0,
      true,
    );
    check(`${servers}: p95 while models are fitted`, ms(fitting.p95), '< 50 ms', fitting.p95 < 50);
    check(
      `${servers}: p95 against that at rest`,
      `${(fitting.p95 / atRest.p95).toFixed(1)} ×`,
      '≤ 2 ×',
      fitting.p95 <= 2 * atRest.p95,
    );
  }
  if (subscribers) {
    const { together, beside, slow } = subscribers;
    const wrong = together.wrong + beside.wrong;
    check(
      'subscribers that did not hear each event once and in order',
      String(wrong),
      'none',
      wrong === 0,
      true,
    );
    check('p95 of an event', ms(together.p95), '< 500 ms', together.p95 < 500);
    check('p95 of an event beside one that never reads', ms(beside.p95), '< 500 ms', beside.p95 < 500);
    check(
      'the one that never reads',
      slow.dropped ? `let go after ${(slow.dropped.afterMs / 1000).toFixed(1)} s` : 'kept',
      'let go',
      slow.dropped !== null,
    );
  }
  return checks;
}

export function markdown({ queries, apart, shared, subscribers, machine, checks }) {
  const load = `${machine.what}, load ${machine.loadBefore.toFixed(1)} before and ${machine.loadAfter.toFixed(1)} after.`;
  return [
    load,
    (queries ?? apart ?? shared) && questions({ queries, apart, shared }),
    subscribers && following(subscribers),
    table(checks),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function questions({ queries, apart, shared }) {
  const { experiments, rate, seconds } = queries ?? apart ?? shared;
  const many = `of ${(apart?.others ?? 0) + 1} campaigns`;
  const rows = [
    ['one server, at rest', queries?.atRest],
    ['one server, while models are fitted', queries?.fitting],
    [`one server, ${many}, at rest`, apart?.atRest],
    [`one server, ${many}, while models are fitted`, apart?.fitting],
    ['two servers, at rest', shared?.atRest],
    ['two servers, while models are fitted', shared?.fitting],
  ].filter(([, row]) => row !== undefined);
  return [
    `${rate} mixed questions a second for ${seconds} s, a campaign of ${experiments} experiments; each counted from when it was due.`,
    '',
    '| | answered | p50 | p95 | p99 | slowest | event loop of the API, p99 | of the one who asks, p99 | processor of the API, each | worked out |',
    '| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |',
    ...rows.map(
      ([name, { count, p50, p95, p99, max, loop, ownLoop, each, made }]) =>
        `| ${name} | ${count} | ${[p50, p95, p99, max, loop.p99, ownLoop, each].map(ms).join(' | ')} | ${(100 * made).toFixed(0)} % |`,
    ),
  ].join('\n');
}

const following = ({ count, events, perSecond, connected, together, beside, memory, slow }) =>
  [
    `${count} subscribers of one campaign, connected in ${(connected / 1000).toFixed(1)} s; ${events} events, ${perSecond} a second; each delivery counted from before its event was written.`,
    '',
    '| | deliveries | p50 | p95 | p99 | slowest | event loop of the API, p99 | processor of the API, each | memory of the API |',
    '| --- | --: | --: | --: | --: | --: | --: | --: | --: |',
    ...[
      ['all read', together],
      ['beside one that never reads', beside],
    ].map(
      ([name, { count: heard, p50, p95, p99, max, loop, each }]) =>
        `| ${name} | ${heard} | ${[p50, p95, p99, max, loop.p99, each].map(fine).join(' | ')} | ${mb(loop.memory)} |`,
    ),
    '',
    `Memory of the API before anybody came: ${mb(memory.before)}. The one that never reads asked for the log of ${slow.experiments} experiments` +
      (slow.dropped === null
        ? ' and was kept.'
        : ` and was let go after ${(slow.dropped.afterMs / 1000).toFixed(1)} s, when ${(slow.dropped.buffered / 1000).toFixed(0)} kB waited for it.`),
  ].join('\n');

const table = (checks) =>
  [
    '| what | measured | wanted | reached |',
    '| --- | --- | --- | --- |',
    ...checks.map(
      ({ what, measured, limit, reached }) =>
        `| ${what} | ${measured} | ${limit} | ${reached ? 'yes' : 'NO'} |`,
    ),
  ].join('\n');
