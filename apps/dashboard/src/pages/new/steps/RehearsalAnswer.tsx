import type { CampaignWhole } from '../../../api/use-campaign.js';
import type { JSX } from 'react';
import { Quantity } from '../../../components/Quantity.js';
import { percentText, quantityText } from '../../../format/number.js';
import { withUnitLabel } from '../../../format/objective.js';
import { strategyLabel } from '../../../format/strategy-words.js';
import type { Rehearsal } from './rehearsed-goals.js';

type Strategy = Rehearsal['strategies'][number];

interface RehearsalAnswerProps {
  readonly campaign: CampaignWhole;
  readonly result: Rehearsal;
  readonly canTake: boolean;
  readonly onTake: (strategy: string) => void;
}

/** A rehearsal in words, and as a table of what to expect after so many experiments. */
export function RehearsalAnswer({ campaign, result, canTake, onTake }: RehearsalAnswerProps): JSX.Element {
  const { objective, strategy: own } = campaign;
  const { strategies, seeds, experiments, atATime, learnedFrom, resultCount, target, measure } = result;
  const isShare = measure === 'share';
  const columns = columnsFor(result, objective.unit);
  return (
    <div className="stack">
      <p className="small soft">
        {seeds} campaigns of {experiments} experiments, {atATime} at a time, on responses{' '}
        {learnedFrom === 'results'
          ? `that ${resultCount} results leave possible`
          : 'as you said to expect them'}
        .{' '}
        {isShare
          ? 'What counts is the share of what is possible in a response: the volume that all results which keep the limits beat together, over what could be beaten; near the top means at least 95 % of it.'
          : 'Half of the campaigns lie within a quarter from either end; near the top means within a twentieth of the range of results of the best there is.'}
      </p>
      <ul className="plain-list">
        {strategies.map((one) => (
          <li
            key={one.strategy}
            data-testid="rehearsed"
            data-strategy={one.strategy}
            data-value={one.likelyAfter ?? ''}
          >
            <strong>{strategyLabel(one.strategy)}:</strong> {sentenceOf(one, experiments)}
            {target === null ? '' : ` ${targetSentence(one, target, objective.unit, experiments)}`}{' '}
            {one.strategy === own ? null : (
              <button
                type="button"
                className="button small"
                disabled={!canTake || campaign.state === 'archived'}
                onClick={() => onTake(one.strategy)}
              >
                Take this strategy
              </button>
            )}
          </li>
        ))}
      </ul>
      <div
        className="table-scroll"
        tabIndex={0}
        role="region"
        aria-label="What to expect after so many experiments"
      >
        <table className="table">
          <caption className="visually-hidden">What to expect after so many experiments</caption>
          <thead>
            <tr>
              <th scope="col">Strategy</th>
              <th scope="col" className="number">
                Experiments
              </th>
              {columns.map(({ title }) => (
                <th scope="col" key={title}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {strategies.flatMap(({ strategy, rounds }) =>
              pickedFrom(rounds).map((round) => (
                <tr key={`${strategy} ${round.experiments}`}>
                  <td className="whole">{strategyLabel(strategy)}</td>
                  <td className="number">{round.experiments}</td>
                  {columns.map(({ title, cell }) => (
                    <td key={title}>{cell(round)}</td>
                  ))}
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
    </div>
  );
}

type Round = Strategy['rounds'][number];

interface Column {
  readonly title: string;
  readonly cell: (round: Round) => JSX.Element | string;
}

/** Those that say something. */
function columnsFor({ measure, target, strategies }: Rehearsal, unit: string): readonly Column[] {
  const rounds = strategies.flatMap((one) => one.rounds);
  const isShare = measure === 'share';
  const some = (has: (round: Round) => boolean, column: Column): readonly Column[] =>
    rounds.some(has) ? [column] : [];
  return [
    ...some(({ spent }) => spent !== null, {
      title: 'Spent, median',
      cell: ({ spent }) => <Quantity value={spent ?? 0} />,
    }),
    {
      title: isShare ? 'Of what is possible, median' : withUnitLabel('Best, median', unit),
      cell: ({ median }) => (isShare ? percentText(median) : <Quantity value={median} />),
    },
    {
      title: isShare ? 'Nine in ten campaigns' : withUnitLabel('Nine in ten campaigns', unit),
      cell: ({ low90, high90 }) =>
        isShare ? (
          `${percentText(low90)} to ${percentText(high90)}`
        ) : (
          <>
            <Quantity value={low90} significant={2} /> to <Quantity value={high90} significant={2} />
          </>
        ),
    },
    { title: 'Near the top', cell: ({ atTop }) => percentText(atTop) },
    ...some(({ kept }) => kept !== null, {
      title: 'Keep everything',
      cell: ({ kept }) => percentText(kept ?? 0),
    }),
    ...some(({ bestKept }) => bestKept !== null, {
      title: withUnitLabel('Best that keeps the limits, median', unit),
      cell: ({ bestKept }) => (bestKept === null ? '–' : <Quantity value={bestKept} />),
    }),
    ...(target === null
      ? []
      : [{ title: 'Reach it', cell: ({ reached }: Round) => percentText(reached ?? 0) }]),
  ];
}

const sentenceOf = ({ likelyAfter }: Strategy, experiments: number): string =>
  likelyAfter === null
    ? `fewer than half of the campaigns come near the top of their response within ${experiments} experiments.`
    : `half of the campaigns are near the top of their response after ${likelyAfter} experiments.`;

const targetSentence = (
  { targetAfter }: Strategy,
  target: number,
  unit: string,
  experiments: number,
): string =>
  targetAfter === null
    ? `Fewer than half reach ${quantityText(target, unit)} within ${experiments}.`
    : `Half reach ${quantityText(target, unit)} after ${targetAfter}.`;

/** A quarter, half, three quarters and the end. */
function pickedFrom<R>(rounds: readonly R[]): readonly R[] {
  const last = rounds.length - 1;
  const at = new Set([0.25, 0.5, 0.75, 1].map((share) => Math.max(0, Math.round(share * rounds.length) - 1)));
  return [...at, last].filter((i, k, all) => all.indexOf(i) === k).flatMap((i) => rounds[i] ?? []);
}
