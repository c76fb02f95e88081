import { type JSX, useEffect, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { Goal } from '../../../api/generated/graphql.js';
import { useAnalysis } from '../../../api/use-analysis.js';
import { SelectField } from '../../../components/Field.js';
import { Panel } from '../../../components/Panel.js';
import { Empty, Skeleton, Trouble } from '../../../components/States.js';
import { percentText } from '../../../format/number.js';
import { capital, propertyName } from '../../../format/objective.js';
import { goals } from '../../../format/plan-choices.js';
import { plural } from '../../../format/words.js';
import type { FrontAxis } from '../../../plots/front.js';
import { FrontScatter } from '../../../plots/FrontScatter.js';
import { HypervolumeCurve } from '../../../plots/HypervolumeCurve.js';
import { useCampaignData } from '../campaign-data.js';
import { FrontLines } from './FrontLines.js';
import {
  chosenProperties,
  type FrontProperty,
  isWide,
  propertiesOf,
  textOfProperties,
} from './properties.js';

const sides = ['First', 'Second', 'Third', 'Fourth'] as const;

/** What no other experiment beats in several measured properties at once. Nothing where only one was measured. */
export function ParetoPanel(): JSX.Element | null {
  const { campaign, finished } = useCampaignData();
  const { objectives } = campaign;
  const known = useMemo(() => propertiesOf(finished.rows, objectives), [finished.rows, objectives]);
  return known.length < 2 ? null : <Front known={known} />;
}

const withWindow = [...goals, { value: 'window', label: 'Within its window' }] as const;

/** A window is there for what the campaign wants in one. */
const goalsFor = (
  known: readonly FrontProperty[],
  property: string,
): readonly { readonly value: Goal; readonly label: string }[] =>
  known.some((one) => one.property === property && one.goal === 'window') ? withWindow : goals;

function Front({ known }: { readonly known: readonly FrontProperty[] }): JSX.Element {
  const { campaign } = useCampaignData();
  const { id, name, objectives, dataRevision } = campaign;
  const [search, setSearch] = useSearchParams();
  const text = search.get('front');
  const chosen = useMemo(() => chosenProperties(known, text), [known, text]);
  const asked = textOfProperties(chosen);
  const { result, busy, problem, run } = useAnalysis(id, 'FrontResult');
  useEffect(() => {
    const objectives = asked.split('|').map((part) => {
      const [property = '', goal] = part.split(':');
      return { property, goal: goal as Goal };
    });
    run({ front: { objectives } });
  }, [run, asked, dataRevision]);
  const spots = useMemo(() => result?.points ?? [], [result]);
  const matches = spots[0]?.values.length === chosen.length;
  const axes = useMemo(
    () =>
      chosen.map(({ property, unit, goal }, i): FrontAxis => {
        const values = spots.flatMap(({ values: own }) => own[i] ?? []);
        const own = objectives.find((one) => one.property === property);
        return {
          name: property,
          unit,
          goal,
          log: (own?.transform === 'log10' && values.every((one) => one > 0)) || isWide(values),
        };
      }),
    [chosen, spots, objectives],
  );
  const [x, y] = axes;
  const pair = useMemo(() => (x && y && axes.length === 2 ? ([x, y] as const) : null), [x, y, axes.length]);
  const onFront = spots.filter((spot) => spot.onFront).length;
  const broken = spots.filter(({ keepsLimits }) => keepsLimits !== true).length;
  const volume = result?.growth.at(-1)?.volume ?? 0;
  const set = (next: readonly FrontProperty[]): void =>
    setSearch(
      { ...Object.fromEntries(search), front: textOfProperties(next) },
      { replace: true, preventScrollReset: true },
    );
  const put = (i: number, property: string, goal?: Goal): void => {
    const found = known.find((one) => one.property === property);
    const rest = chosen.filter((_, k) => k !== i);
    if (!found) {
      set(rest);
      return;
    }
    const next = [...chosen];
    next[i] = goal === undefined ? found : { ...found, goal };
    set(next.filter((one, k) => k === i || one.property !== property));
  };
  const choices = [...chosen.keys(), ...(chosen.length < Math.min(4, known.length) ? [chosen.length] : [])];

  return (
    <div className="columns">
      <div className="span-8 fill">
        <Panel
          title="Pareto front"
          note={`Measured experiments of which no other is at least as good in everything and better in something${
            pair ? '; the dashed stairs are how far was reached' : ', as lines across their properties'
          }.`}
        >
          <div className="front-sides">
            {choices.map((i) => (
              <div className="row" key={i}>
                <SelectField
                  path={`front.${i}.property`}
                  label={`${sides[i] ?? ''} property`}
                  value={chosen[i]?.property ?? ''}
                  options={[
                    ...(i < 2 ? [] : [{ value: '', label: 'none' }]),
                    ...known.map(({ property }) => ({
                      value: property,
                      label: capital(propertyName(property)),
                    })),
                  ]}
                  onChange={(property) => put(i, property)}
                />
                {chosen[i] ? (
                  <SelectField
                    path={`front.${i}.goal`}
                    label="Goal"
                    of={`of the ${(sides[i] ?? '').toLowerCase()} property`}
                    value={chosen[i].goal}
                    options={goalsFor(known, chosen[i].property)}
                    onChange={(goal) => put(i, chosen[i]?.property ?? '', goal)}
                  />
                ) : null}
              </div>
            ))}
          </div>
          {problem === null ? null : <Trouble what="The front could not be drawn." why={problem} />}
          {!matches ? (
            busy ? (
              <Skeleton height="20rem" label="Finding the front" />
            ) : problem === null ? (
              <Empty title="No experiment has a result of each of these" />
            ) : null
          ) : pair ? (
            <FrontScatter name={name} axes={pair} spots={spots} />
          ) : (
            <FrontLines name={name} axes={axes} spots={spots} />
          )}
          {matches ? (
            <p className="small soft" data-testid="front-told" data-front={onFront} data-of={spots.length}>
              {onFront} of {plural(spots.length, 'experiment')} that {spots.length === 1 ? 'has' : 'have'} all
              of these results {onFront === 1 ? 'is' : 'are'} on the front.
              {broken === 0
                ? ''
                : ` ${broken} of them ${broken === 1 ? 'is' : 'are'} not known to keep the limits.`}
            </p>
          ) : null}
        </Panel>
      </div>
      <div className="span-4 fill">
        <Panel
          title="Hypervolume"
          note="Of the box between the worst and the best of each property, the share that is beaten by what was found: it grows with each experiment that moves the front."
        >
          {result && matches ? (
            <>
              <p className="big-number" data-testid="hypervolume" data-value={volume}>
                {percentText(volume)}
              </p>
              <HypervolumeCurve name={name} growth={result.growth} />
            </>
          ) : busy ? (
            <Skeleton height="18rem" label="Measuring the front" />
          ) : null}
        </Panel>
      </div>
    </div>
  );
}
