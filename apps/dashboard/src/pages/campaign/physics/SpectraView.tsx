import { type JSX, useMemo } from 'react';
import { useQuery } from 'urql';
import {
  ExperimentFilesDocument,
  type ExperimentRowFragment,
  type MeasuredQuery,
} from '../../../api/generated/graphql.js';
import { type Impedance, readImpedance } from '../../../api/impedance.js';
import { sayError } from '../../../api/use-action.js';
import { useAddressChange } from '../../../components/address.js';
import { SelectField } from '../../../components/Field.js';
import { Panel } from '../../../components/Panel.js';
import { Quantity } from '../../../components/Quantity.js';
import { Empty, Skeleton, Trouble } from '../../../components/States.js';
import { labelText } from '../../../format/formula.js';
import { percentText, quantityText } from '../../../format/number.js';
import { experimentStates } from '../../../format/words.js';
import { NyquistPlot } from '../../../plots/NyquistPlot.js';
import { useCampaignData } from '../campaign-data.js';
import { filesOf } from '../experiment-views.js';

type Measured = NonNullable<MeasuredQuery['campaign']>['experiments']['edges'][number]['node'];

interface SpectraViewProps {
  readonly rows: readonly ExperimentRowFragment[];
  readonly measured: readonly Measured[];
  readonly loaded: boolean;
}

/** The spectrum of one experiment at a time, with what was read off it. */
export function SpectraView({ rows, measured, loaded }: SpectraViewProps): JSX.Element {
  const { campaign } = useCampaignData();
  const [search, change] = useAddressChange();
  const withSpectra = useMemo(
    () => rows.filter((row) => filesOf(row).spectra > 0).sort((a, b) => a.number - b.number),
    [rows],
  );
  const wanted = Number(search.get('experiment') ?? NaN);
  const chosen =
    withSpectra.find(({ number }) => number === wanted) ??
    withSpectra.find(({ id }) => id === campaign.best?.experiment.id) ??
    withSpectra.at(-1);
  const at = chosen ? withSpectra.indexOf(chosen) : -1;
  const choose = (number: number | undefined): void => {
    if (number !== undefined) change({ experiment: String(number) });
  };

  return (
    <Panel
      title="Nyquist"
      count={withSpectra.length > 0 ? withSpectra.length : undefined}
      note="Each point is one frequency: where the arc comes down to the axis is the resistance of the sample, and the tail to the right of it belongs to the electrodes. The dashed line is the resistance that the station read off."
    >
      {!loaded ? (
        <Skeleton height="22rem" label="Loading spectra" />
      ) : !chosen ? (
        <Empty title="No spectrum yet">
          <p>Stations that hand in an impedance spectrum with a result have it drawn here.</p>
        </Empty>
      ) : (
        <div className="stack">
          <div className="chooser">
            <SelectField
              path="spectrum"
              label="Experiment"
              value={String(chosen.number)}
              options={withSpectra.map(({ id, number, value, label }) => ({
                value: String(number),
                label: `${number}${id === campaign.best?.experiment.id ? ', the best' : ''} · ${
                  value === null ? '' : `${quantityText(value, campaign.objective.unit)} · `
                }${labelText(label)}`,
              }))}
              onChange={(number) => choose(Number(number))}
            />
            <div className="row">
              <button
                type="button"
                className="button"
                disabled={at <= 0}
                onClick={() => choose(withSpectra[at - 1]?.number)}
              >
                Previous
              </button>
              <button
                type="button"
                className="button"
                disabled={at >= withSpectra.length - 1}
                onClick={() => choose(withSpectra[at + 1]?.number)}
              >
                Next
              </button>
            </div>
          </div>
          <Spectrum
            key={chosen.id}
            row={chosen}
            impedance={impedanceOf(measured.find(({ id }) => id === chosen.id))}
            unit={campaign.objective.unit}
          />
        </div>
      )}
    </Panel>
  );
}

const impedanceOf = (row: Measured | undefined): Impedance | null =>
  (row?.measurements ?? []).reduce<Impedance | null>((found, { raw }) => found ?? readImpedance(raw), null);

interface SpectrumProps {
  readonly row: ExperimentRowFragment;
  readonly impedance: Impedance | null;
  readonly unit: string;
}

function Spectrum({ row, impedance, unit }: SpectrumProps): JSX.Element {
  const [{ data, error }, ask] = useQuery({ query: ExperimentFilesDocument, variables: { id: row.id } });
  const spectrum = (data?.experiment?.attempts ?? [])
    .flatMap(({ artifacts }) => artifacts)
    .find((artifact) => artifact.spectrum !== null)?.spectrum;
  if (error && !data)
    return <Trouble what="The spectrum could not be loaded." why={sayError(error)} retry={() => ask()} />;
  if (!data) return <Skeleton height="20rem" label="Loading the spectrum" />;
  if (!spectrum) return <Empty title="This experiment has no spectrum" />;
  if (spectrum.problem !== null)
    return <Trouble what="This spectrum cannot be drawn:" why={spectrum.problem} />;
  return (
    <div className="columns">
      <div className="span-8">
        <NyquistPlot
          name={`experiment ${row.number} spectrum`}
          spectrum={spectrum.points}
          resistanceOhm={impedance?.resistanceOhm ?? null}
        />
        {spectrum.total > spectrum.points.length ? (
          <p className="soft small">
            {spectrum.points.length} of {spectrum.total} points are drawn; the file has all of them.
          </p>
        ) : null}
      </div>
      <dl className="facts span-4">
        <div>
          <dt>{row.value === null ? 'State' : 'Result'}</dt>
          <dd className="big">
            {row.value === null ? (
              experimentStates[row.state].word
            ) : (
              <Quantity value={row.value} unit={unit} />
            )}
          </dd>
        </div>
        {impedance ? (
          <>
            <Fact term="Resistance of the sample">
              <Quantity value={impedance.resistanceOhm} unit="Ω" />
            </Fact>
            {impedance.thicknessCm === null ? null : (
              <Fact term="Thickness">
                <Quantity value={impedance.thicknessCm} unit="cm" />
              </Fact>
            )}
            {impedance.areaCm2 === null ? null : (
              <Fact term="Area of the electrodes">
                <Quantity value={impedance.areaCm2} unit="cm²" />
              </Fact>
            )}
            {impedance.fitModel === null ? null : (
              <Fact term="Equivalent circuit">
                <code>{impedance.fitModel}</code>
                {impedance.residual === null ? '' : `, ${percentText(impedance.residual)} off`}
              </Fact>
            )}
          </>
        ) : null}
        <Fact term="Composition and conditions">{labelText(row.label)}</Fact>
      </dl>
    </div>
  );
}

const Fact = ({
  term,
  children,
}: {
  readonly term: string;
  readonly children: React.ReactNode;
}): JSX.Element => (
  <div>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </div>
);
