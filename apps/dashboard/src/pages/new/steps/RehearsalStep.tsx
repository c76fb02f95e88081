import { type FormEvent, type JSX, lazy, Suspense, useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { CampaignGoalsDocument, UpdateCampaignDocument } from '../../../api/generated/graphql.js';
import type { CampaignWhole } from '../../../api/use-campaign.js';
import { problemOf, useAction } from '../../../api/use-action.js';
import { useAnalysis } from '../../../api/use-analysis.js';
import { Meter } from '../../../components/Controls.js';
import { FieldErrors, SelectField, TextField } from '../../../components/Field.js';
import { Panel } from '../../../components/Panel.js';
import { Skeleton, Trouble } from '../../../components/States.js';
import { percentText } from '../../../format/number.js';
import { strategyLabel } from '../../../format/strategy-words.js';
import { numberOf, Reader } from '../draft/reader.js';
import { ExpectedRanges, noRange, type Range } from './ExpectedRanges.js';
import { RehearsalAnswer } from './RehearsalAnswer.js';
import { furtherProperties, type MeasuredProperty, plotted } from './rehearsed-goals.js';

const RehearsalPlot = lazy(async () => ({
  default: (await import('../../../plots/RehearsalPlot.js')).RehearsalPlot,
}));

interface RehearsalStepProps {
  readonly campaign: CampaignWhole;
  readonly onDone: () => void;
}

interface Asked {
  readonly experiments: string;
  readonly seeds: string;
  readonly target: string;
  /** Of the first objective, then of the further properties. */
  readonly ranges: readonly Range[];
  readonly other: string;
}

const others = ['', 'auto', 'gp-log-ei', 'gp-ucb', 'gp-thompson', 'forest-ucb', 'learn', 'random'] as const;
const mostAsked = 300;
/** A model needs as many; before, somebody has to say what to expect. */
const fewestResults = 3;

/** How many experiments will it take? The campaign is played many times on what is known, before a sample is spent. */
export function RehearsalStep({ campaign, onDone }: RehearsalStepProps): JSX.Element {
  const { id, name, objective, budget, spent, strategy, progress } = campaign;
  const rehearsal = useAnalysis(id, 'RehearsalResult');
  const update = useAction(UpdateCampaignDocument);
  const [asked, setAsked] = useState<Asked>({
    experiments: String(Math.min(60, Math.max(1, budget - spent))),
    seeds: '20',
    target: '',
    ranges: [],
    other: strategy === 'random' ? 'auto' : 'random',
  });
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
  const [problem, setProblem] = useState<string | null>(null);
  const set = (part: Partial<Asked>): void => setAsked((before) => ({ ...before, ...part }));
  const knowsLittle = progress.length < fewestResults;
  const [{ data }] = useQuery({ query: CampaignGoalsDocument, variables: { id } });
  const measured = useMemo((): readonly MeasuredProperty[] => {
    const { property, unit, transform } = objective;
    return [{ property, unit, log: transform === 'log10' }, ...furtherProperties(data?.campaign ?? null)];
  }, [objective, data]);
  const isWindow = objective.goal === 'window';

  const run = (event: FormEvent): void => {
    event.preventDefault();
    const read = new Reader();
    const experiments = counted(asked.experiments, 'rehearsal.experiments', 1, mostAsked, read);
    const seeds = counted(asked.seeds, 'rehearsal.seeds', 2, 100, read);
    const target = isWindow ? null : (read.number(asked.target, 'rehearsal.target') ?? null);
    requireLogarithm(asked.target, 'rehearsal.target', objective.transform === 'log10', read);
    const [expect, ...further] = measured.map((one, i) =>
      rangeOf(
        one,
        asked.ranges[i] ?? noRange,
        i === 0 ? 'rehearsal' : `rehearsal.of.${i}`,
        knowsLittle,
        read,
      ),
    );
    const expectOf = further.filter((one) => one !== null);
    setErrors(read.errors);
    if (read.errors.size > 0) return;
    const strategies = asked.other === '' || asked.other === strategy ? [strategy] : [strategy, asked.other];
    rehearsal.run({
      rehearsal: {
        ...{ experiments, seeds, target, strategies },
        expect: expect ? { low: expect.low, high: expect.high } : null,
        ...(expectOf.length > 0 && { expectOf }),
      },
    });
  };
  const take = async (chosen: string): Promise<void> => {
    const { revision } = campaign;
    const answer = await update.run({
      id,
      revision,
      strategy: chosen,
      reason: 'It was ahead in a rehearsal',
    });
    setProblem(problemOf(answer));
    onDone();
  };

  const { result, busy } = rehearsal;
  return (
    <FieldErrors value={errors}>
      <Panel
        title="Rehearsal"
        note="How many experiments will it take? The campaign is played through many times, each time on another response that what is known leaves possible. No sample is spent; what it says is no better than the model."
      >
        <form className="stack" noValidate onSubmit={run}>
          <div className="form-grid">
            <TextField
              path="rehearsal.experiments"
              label="Experiments"
              numeric
              hint={`The budget leaves ${Math.max(0, budget - spent)}`}
              value={asked.experiments}
              onChange={(experiments) => set({ experiments })}
            />
            <TextField
              path="rehearsal.seeds"
              label="Campaigns played"
              numeric
              hint="More take longer and say it more surely"
              value={asked.seeds}
              onChange={(seeds) => set({ seeds })}
            />
            {isWindow ? null : (
              <TextField
                path="rehearsal.target"
                label={`A value that is wanted${objective.unit === '' ? '' : ` (${objective.unit})`}`}
                numeric
                hint="May be left out"
                value={asked.target}
                onChange={(target) => set({ target })}
              />
            )}
            <SelectField
              path="rehearsal.other"
              label="Compare with"
              options={others
                .filter((one) => one !== strategy)
                .map((value) => ({ value, label: value === '' ? 'nothing' : strategyLabel(value) }))}
              value={asked.other as (typeof others)[number]}
              onChange={(other) => set({ other })}
            />
          </div>
          {knowsLittle || measured.length > 1 ? (
            <ExpectedRanges
              properties={measured}
              ranges={asked.ranges}
              required={knowsLittle}
              fewest={fewestResults}
              onChange={(at, range) =>
                set({ ranges: measured.map((_, i) => (i === at ? range : (asked.ranges[i] ?? noRange))) })
              }
            />
          ) : null}
          <div className="row">
            <button type="submit" className="button primary" disabled={busy}>
              {busy ? 'Rehearsing…' : 'Rehearse'}
            </button>
            {busy ? (
              <div className="rehearsing" role="status">
                <Meter
                  label="Campaigns played"
                  value={rehearsal.progress ?? 0}
                  of={1}
                  text={`${percentText(rehearsal.progress ?? 0)} of the campaigns are played`}
                />
              </div>
            ) : null}
          </div>
          {rehearsal.problem === null ? null : (
            <Trouble what="It could not be rehearsed." why={rehearsal.problem} />
          )}
        </form>
      </Panel>
      {result === null ? null : (
        <Panel title="What to expect">
          <div className="stack">
            <Suspense fallback={<Skeleton height="22rem" label="Loading the plot" />}>
              <RehearsalPlot name={name} {...plotted(result, objective, strategyLabel)} />
            </Suspense>
            <RehearsalAnswer
              campaign={campaign}
              result={result}
              canTake={!update.busy}
              onTake={(chosen) => void take(chosen)}
            />
            {problem === null ? null : <Trouble what="The strategy was not changed." why={problem} />}
          </div>
        </Panel>
      )}
    </FieldErrors>
  );
}

function counted(text: string, path: string, least: number, most: number, read: Reader): number {
  const value = read.required(text, path);
  if (!read.errors.has(path) && !(Number.isInteger(value) && value >= least && value <= most)) {
    read.errors.set(path, `A whole number from ${least} to ${most} is needed here`);
  }
  return value;
}

function requireLogarithm(text: string, path: string, log: boolean, read: Reader): void {
  const value = numberOf(text);
  if (log && value !== null && value <= 0) {
    read.errors.set(path, 'Models see the logarithm: only values above 0 have one');
  }
}

/** Null where nothing is said, which is allowed unless it is needed. */
function rangeOf(
  { property, log }: MeasuredProperty,
  { low, high }: Range,
  path: string,
  isNeeded: boolean,
  read: Reader,
): { readonly property: string; readonly low: number; readonly high: number } | null {
  if (!isNeeded && low.trim() === '' && high.trim() === '') return null;
  const range = {
    property,
    low: read.required(low, `${path}.low`),
    high: read.required(high, `${path}.high`),
  };
  requireLogarithm(low, `${path}.low`, log, read);
  requireLogarithm(high, `${path}.high`, log, read);
  const [from, to] = [numberOf(low), numberOf(high)];
  if (from !== null && to !== null && from >= to) {
    read.errors.set(`${path}.high`, 'It must be above the lower end');
  }
  return range;
}
