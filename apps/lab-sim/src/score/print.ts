import type { Score } from './score.js';

/** The score as lines for a terminal. */
export function linesOf(score: Score): readonly string[] {
  const { best, regret, unit } = score;
  const say = (value: number | null): string => (value === null ? 'none' : `${value.toPrecision(3)} ${unit}`);
  const milestones = [1, 5, 10, 20, 50, 100, 200, 500].filter((n) => n < regret.length);
  const shown = [...milestones, regret.length].filter((n) => n > 0);
  return [
    `${score.campaign}: ${score.state}; ${score.physicalStarts} physical starts in ${score.hours.toFixed(1)} h of lab time`,
    `best found        ${say(best.found)}${best.experiment === null ? '' : `, experiment ${best.experiment}`}, by the truth`,
    `best possible     ${say(best.possible.value)}${best.possible.certain ? '' : ', as far as was looked'}`,
    `regret after      ${shown.map((n) => `${n}: ${(regret[n - 1] ?? NaN).toFixed(3)}`).join('  ')}`,
    `accepted          ${score.accepted}, of which ${score.wrongAccepted.length} wrong`,
    ...score.wrongAccepted.map(
      ({ experiment, value, truth, mistake, outlier }) =>
        `                  experiment ${experiment}: ${say(value)} for ${say(truth)}${mistake === null ? (outlier ? ', an outlier' : '') : `, ${mistake}`}`,
    ),
    ...score.mistakes.map(({ kind, ended, times }) => `mistake           ${kind}: ${ended} ${times} ×`),
    ...Object.entries(score.faults).map(([kind, times]) => `fault             ${kind} ${times} ×`),
    `double starts     ${score.doubleStarts.length}`,
    ...score.doubleStarts.map((line) => `                  ${line}`),
    `lost              ${score.lost.length}`,
    `nothing moved for ${score.ghosts.length} results`,
  ];
}

/** Whether the record may be trusted: what was found is another matter. */
export const isSound = ({ doubleStarts, lost, ghosts }: Score): boolean =>
  doubleStarts.length + lost.length + ghosts.length === 0;
