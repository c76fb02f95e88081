import { type JSX, useEffect, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { AnalysesKeptDocument } from '../../../api/generated/graphql.js';
import { useAnalysis } from '../../../api/use-analysis.js';
import { Meter } from '../../../components/Controls.js';
import { SelectField } from '../../../components/Field.js';
import { Panel } from '../../../components/Panel.js';
import { Empty, Skeleton, Trouble } from '../../../components/States.js';
import { fieldsOf, numberOr, textOr } from '../../../api/json.js';
import { propertyName } from '../../../format/objective.js';
import { spanWords } from '../../../format/time.js';
import { plural } from '../../../format/words.js';
import { CalibrationCurve } from '../../../plots/CalibrationCurve.js';
import { Parity } from '../../../plots/Parity.js';
import { WhiskerChart } from '../../../plots/WhiskerChart.js';
import { useCampaignData } from '../campaign-data.js';
import { MemberWeights } from '../model/MemberWeights.js';
import { ableOf, benchNameOf, differencesFrom } from './bench.js';
import { benchLabel, usualModels } from './bench-labels.js';
import { BenchTable } from './BenchTable.js';

const sets = [
  { value: 'usual', label: `The usual ${usualModels.length}` },
  { value: 'all', label: 'All of the catalogue' },
] as const;
const foldOptions = ['3', '5', '10'].map((value) => ({ value, label: value }));

/** Models held against each other on this campaign's own results, each predicted by a fit that had not seen it. */
export default function BenchTab(): JSX.Element {
  const { campaign, model } = useCampaignData();
  const { id, name, objective, dataRevision } = campaign;
  const [search, setSearch] = useSearchParams();
  const set = (next: Readonly<Record<string, string>>): void =>
    setSearch({ ...Object.fromEntries(search), ...next }, { replace: true, preventScrollReset: true });
  const models = sets.find(({ value }) => value === search.get('models'))?.value ?? 'usual';
  const folds = foldOptions.find(({ value }) => value === search.get('folds'))?.value ?? '5';
  const { result, answered, busy, progress, problem, run, show } = useAnalysis(id, 'BenchResult');

  // What was asked before is looked at first.
  const [{ data: kept, fetching }] = useQuery({
    query: AnalysesKeptDocument,
    variables: { id },
    requestPolicy: 'network-only',
  });
  const last = useMemo(() => {
    const asked = (kept?.campaign?.analyses.nodes ?? []).filter(
      ({ kind, status }) => kind === 'bench' && status !== 'failed' && status !== 'cancelled',
    );
    return asked.reduce<(typeof asked)[number] | null>(
      (latest, one) => (latest && latest.createdAt > one.createdAt ? latest : one),
      null,
    );
  }, [kept]);
  useEffect(() => {
    if (last) show(last.id);
  }, [last, show]);

  const able = useMemo(() => ableOf(result?.models ?? []), [result]);
  const unable = result?.models.filter(({ metrics }) => metrics === null) ?? [];
  const used = model && benchNameOf(model.kind);
  const chosen = able.find((one) => one.name === search.get('model')) ?? able[0];
  const differences = useMemo(() => (chosen ? differencesFrom(able, chosen) : []), [able, chosen]);
  const scale =
    objective.transform === 'log10' ? `log₁₀ ${propertyName(objective.property)}` : objective.unit;
  const weights = result?.models.find(({ name: own }) => own === 'auto')?.weights ?? [];
  const start = (): void =>
    run({ bench: { folds: Number(folds), ...(models === 'usual' && { models: [...usualModels] }) } });
  const nothingYet = !result && !busy && !fetching;
  const foldsAsked = numberOr(fieldsOf(last?.request)['folds'], 5);

  return (
    <div className="stack">
      <Panel
        title="Model bench"
        note={`Models cross-validated on this campaign’s results, the same folds for all: each result is predicted by a fit that had not seen it. Errors are on the models’ scale (${scale}). The best of each column is bold; a coverage with ✓ keeps its promise but for chance.`}
      >
        <div className="chooser">
          <SelectField
            path="bench.models"
            label="Models"
            options={sets}
            value={models}
            onChange={(value) => set({ models: value })}
          />
          <SelectField
            path="bench.folds"
            label="Folds"
            options={foldOptions}
            value={folds}
            onChange={(value) => set({ folds: value })}
          />
          <button type="button" className="button primary" disabled={busy} onClick={start}>
            {busy ? 'Running…' : result ? 'Run again' : 'Run the bench'}
          </button>
        </div>
        {busy ? (
          <div className="stack-tight" role="status">
            <p className="small soft">
              {progress === null
                ? 'Waiting for a worker…'
                : `${Math.round(100 * progress)} % of the models are done.`}
            </p>
            <Meter
              label="Progress of the bench"
              value={Math.round(100 * (progress ?? 0))}
              of={100}
              text={`${Math.round(100 * (progress ?? 0))} %`}
            />
          </div>
        ) : null}
        {problem === null ? null : <Trouble what="The bench could not be run." why={problem} retry={start} />}
        {fetching && !result ? <Skeleton height="14rem" label="Looking for an earlier bench" /> : null}
        {nothingYet ? (
          <Empty title="This campaign’s results have not been on the bench yet">
            <p>
              It takes a few seconds with tens of results, some minutes with thousands. The campaign goes on
              meanwhile.
            </p>
          </Empty>
        ) : null}
        {chosen ? (
          <>
            <BenchTable
              models={able}
              chosen={chosen.name}
              used={used}
              onChoose={(value) => set({ model: value })}
            />
            <p className="soft small" data-testid="bench-told">
              {plural(chosen.parity.length, 'result')}, {foldsAsked} folds
              {answered?.seconds === null || answered === null
                ? ''
                : `; it took ${tookText(answered.seconds)}`}
              .
              {answered && answered.dataRevision !== dataRevision
                ? ' Results came in since: run it again to have them in it.'
                : ''}
            </p>
            {unable.length === 0 ? null : (
              <p className="soft small">
                Not fitted:{' '}
                {unable.map(({ name: own, error }) => `${benchLabel(own)} (${textOr(error, '')})`).join('; ')}
              </p>
            )}
          </>
        ) : null}
      </Panel>
      {chosen ? (
        <>
          <div className="columns">
            <div className="span-6 fill">
              <Panel
                title={`Parity: ${benchLabel(chosen.name)}`}
                note="Each point is a result, predicted by this kind of model that had not seen it: the nearer to the line the better. Bars should hold 19 of 20 results; diamonds lie outside. Choose a model in the table."
              >
                <Parity name={`${name} ${chosen.name}`} objective={objective} leftOut={chosen.parity} />
              </Panel>
            </div>
            <div className="span-6 fill">
              <Panel
                title={`Calibration: ${benchLabel(chosen.name)}`}
                note="Of the intervals that promise to hold a share of the results, how many did. Above the line it is more careful than need be, below it is too sure; inside the band the difference may be chance."
              >
                <CalibrationCurve name={`${name} ${chosen.name}`} leftOut={chosen.parity} />
              </Panel>
            </div>
          </div>
          <div className="columns">
            <div className={`${weights.length > 0 ? 'span-8' : 'span-12'} fill`}>
              <Panel
                title={`Against ${benchLabel(chosen.name)}`}
                note="How much larger the errors of the others are, result by result, on average; the bar is two standard errors around it. Where it crosses zero these results do not tell the two apart."
              >
                {differences.length === 0 ? (
                  <Empty title="There is no other model to compare with" />
                ) : (
                  <WhiskerChart
                    name={`${name} differences from ${chosen.name}`}
                    summary={`Mean absolute error of ${differences.length} models less that of ${benchLabel(chosen.name)}: ${differences.filter(({ verdict }) => verdict === 'worse').length} are worse, ${differences.filter(({ verdict }) => verdict === 'better').length} are better, the others are not told apart.`}
                    label={`larger error (${scale})`}
                    zero={benchLabel(chosen.name)}
                    rows={differences.map(({ name: own, mean, low, high, verdict }) => ({
                      name: benchLabel(own),
                      middle: mean,
                      low,
                      high,
                      strong: verdict !== 'not told apart',
                    }))}
                  />
                )}
              </Panel>
            </div>
            {weights.length > 0 ? (
              <div className="span-4 fill">
                <MemberWeights
                  weights={weights}
                  note="The stack called auto gives each model the say that it earned: those weights under which the results left out were most likely."
                />
              </div>
            ) : null}
          </div>
        </>
      ) : null}
    </div>
  );
}

const tookText = (seconds: number): string =>
  seconds < 10 ? `${seconds.toFixed(1)} s` : spanWords(1000 * seconds);
