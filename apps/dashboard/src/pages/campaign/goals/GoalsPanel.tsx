import { type JSX, useMemo } from 'react';
import { Link } from 'react-router';
import { Meter } from '../../../components/Controls.js';
import { Panel } from '../../../components/Panel.js';
import { Quantity } from '../../../components/Quantity.js';
import { capital, objectiveSentence } from '../../../format/objective.js';
import { numberText, percentText } from '../../../format/number.js';
import { plural } from '../../../format/words.js';
import { useCampaignData } from '../campaign-data.js';
import { viewAddress } from '../views.js';
import { costSentence, type GoalStanding, limitsKept, limitSentence, spentOn, standingsOf } from './goals.js';

/** How far each of several goals was reached, which limits were kept, and what it cost. Nothing where one goal is all. */
export function GoalsPanel(): JSX.Element | null {
  const { campaign } = useCampaignData();
  const { objectives, limits, cost } = campaign;
  return objectives.length > 1 || limits.length > 0 || cost !== null || objectives[0]?.goal === 'window' ? (
    <Goals />
  ) : null;
}

function Goals(): JSX.Element {
  const { campaign, finished, open } = useCampaignData();
  const { id, objectives, limits, cost, progress } = campaign;
  const goals = useMemo(() => standingsOf(objectives, finished.rows), [objectives, finished.rows]);
  const kept = useMemo(() => limitsKept(limits, finished.rows), [limits, finished.rows]);
  const all = finished.rows.length === finished.total && open.rows.length === open.total;
  const spent = useMemo(
    () => (cost && all ? spentOn(cost, [...finished.rows, ...open.rows]) : null),
    [cost, all, finished.rows, open.rows],
  );
  const volume = progress.at(-1)?.volume ?? null;
  const front = objectives
    .filter(({ goal }) => goal !== 'window')
    .map(({ property, goal }) => `${property}:${goal}`)
    .join('|');
  return (
    <Panel
      title={objectives.length > 1 ? 'Goals' : 'Goal and limits'}
      note={
        all
          ? 'How far each was reached by itself; no one experiment need be the best in all of them.'
          : `Of the latest ${finished.rows.length.toLocaleString('en')} experiments that ended.`
      }
      tools={
        volume !== null && front.includes('|') ? (
          <Link
            className="button quiet small"
            to={`${viewAddress(id, 'physics')}?front=${encodeURIComponent(front)}`}
          >
            Pareto front
          </Link>
        ) : undefined
      }
    >
      <dl className="goal-figures">
        {goals.map((standing) => (
          <GoalFigure key={standing.goal.property} standing={standing} />
        ))}
        {kept.map(({ limit, kept: within, measured }) => (
          <div key={`limit ${limit.property}`} data-testid="limit" data-property={limit.property}>
            <dt>{capital(limitSentence(limit))}</dt>
            <dd className="big" data-kept={within} data-measured={measured}>
              {within} <span className="soft small">of {measured}</span>
            </dd>
            <dd>{measured === 0 ? 'not measured yet' : 'measured experiments keep to it'}</dd>
          </div>
        ))}
        {volume === null ? null : (
          <div>
            <dt>Front reached</dt>
            <dd className="big" data-testid="volume" data-value={volume}>
              {percentText(volume)}
            </dd>
            <dd>of the box between the worst and the best of each goal</dd>
          </div>
        )}
        {cost === null ? null : (
          <div>
            <dt>Cost</dt>
            <dd className="big" data-testid="cost" data-value={spent ?? undefined}>
              {spent === null ? '–' : numberText(spent)}{' '}
              {cost.budget === null ? null : <span className="soft small">of {numberText(cost.budget)}</span>}
            </dd>
            <dd>
              {cost.budget !== null && spent !== null ? (
                <Meter
                  label="Cost spent"
                  value={spent}
                  of={cost.budget}
                  text={`${numberText(spent)} of ${numberText(cost.budget)}`}
                />
              ) : (
                `an experiment costs ${costSentence(cost)}`
              )}
            </dd>
          </div>
        )}
      </dl>
    </Panel>
  );
}

function GoalFigure({ standing }: { readonly standing: GoalStanding }): JSX.Element {
  const { goal, best, inside, measured } = standing;
  return (
    <div data-testid="goal" data-property={goal.property}>
      <dt>{objectiveSentence(goal)}</dt>
      <dd className="big" data-value={best?.value}>
        {best ? <Quantity value={best.value} unit={goal.unit} /> : 'no result yet'}
      </dd>
      <dd>
        {best === null
          ? ''
          : inside === null
            ? `experiment ${best.number}, of ${plural(measured, 'result')}`
            : `experiment ${best.number}; ${inside} of ${plural(measured, 'result')} inside`}
      </dd>
    </div>
  );
}
