import { type JSX, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { fieldsOf } from '../../../api/json.js';
import { type Dimension, dimensionsOf } from '../../../api/space.js';
import { useAnalysis } from '../../../api/use-analysis.js';
import { useTyped } from '../../../components/address.js';
import { Segmented } from '../../../components/Controls.js';
import { SelectField } from '../../../components/Field.js';
import { Panel } from '../../../components/Panel.js';
import { Empty, Skeleton, Trouble } from '../../../components/States.js';
import { formulaText } from '../../../format/formula.js';
import { percentText, tickText, withUnit } from '../../../format/number.js';
import { propertyName } from '../../../format/objective.js';
import { listed } from '../../../format/words.js';
import { distance } from '../../../plots/distance.js';
import { LineMap } from '../../../plots/LineMap.js';
import type { MapPoint, MapPosterior, Shown } from '../../../plots/map-data.js';
import { PlaneMap } from '../../../plots/PlaneMap.js';
import { type Four, turnOf, turnText } from '../../../plots/quaternary.js';
import { QuaternaryMap } from '../../../plots/QuaternaryMap.js';
import { TernaryMap } from '../../../plots/TernaryMap.js';
import { useCampaignData } from '../campaign-data.js';
import { ConstraintEffects } from './ConstraintEffects.js';
import { Readout } from './Readout.js';
import { across, chosenSlice, type SliceAxis, sliceAxes, usualSlice } from './slice-axes.js';
import { acquisitionOf } from './acquisition.js';
import { scoredPosterior } from './scored-posterior.js';
import { withGain } from './with-gain.js';

const shownOptions = [
  { value: 'mean', label: 'Mean' },
  { value: 'sd', label: 'Uncertainty' },
  { value: 'gain', label: 'Expected gain' },
  { value: 'score', label: 'Acquisition' },
] as const;
/** In a body, results by themselves are a picture too. */
const shownOfFour = [...shownOptions, { value: 'value', label: 'Results' }] as const;
const cells: Readonly<Record<number, number>> = { 1: 80, 2: 32, 3: 30, 4: 15 };
/** In every dimension that is held: as a share of its range. */
const near = 0.12;

/** A space of more dimensions than a map has, cut where the rest is as in the best result. */
export function SliceView(): JSX.Element | null {
  const { campaign, space, points, model } = useCampaignData();
  const { id, name, objective } = campaign;
  const [search, setSearch] = useSearchParams();
  const axes = useMemo(() => sliceAxes(space), [space]);
  const along = search.get('along') ?? '';
  const slice = useMemo(() => chosenSlice(axes, along.split('|')), [axes, along]);
  const options = slice.length === 4 ? shownOfFour : shownOptions;
  const shown = options.find(({ value }) => value === search.get('show'))?.value ?? 'mean';
  const { result, busy, problem, run } = useAnalysis(id, 'SliceResult');
  const { strategy, settings } = campaign;
  const acquisition = useMemo(() => acquisitionOf(strategy, settings.beta), [strategy, settings.beta]);
  const keys = slice.map(({ key }) => key).join('|');
  const modelId = model?.id ?? null;
  const best = campaign.best?.experiment.id ?? null;
  useEffect(() => {
    const asked = keys.split('|');
    const { score, beta } = acquisition;
    if (modelId !== null && keys !== '')
      run({ slice: { axes: asked, cells: cells[asked.length] ?? 30, worth: { score, beta } } });
  }, [run, keys, modelId, best, acquisition]);
  const [at, setAt] = useState<number | null>(null);
  const [pinned, setPinned] = useState(false);
  const probe = useMemo(() => ({ at, pinned, onLook: setAt, onPin: setPinned }), [at, pinned]);

  const [first] = slice;
  // What was answered for other axes is not drawn along these.
  const answered = result?.axes.map((axis) => axis.name).join('|') === keys ? result : null;
  const posterior = useMemo((): MapPosterior | null => {
    if (!answered) return null;
    const believed = scoredPosterior(answered.cells, acquisition.label);
    return withGain(believed, objective, campaign.best?.value ?? null);
  }, [answered, objective, campaign.best?.value, acquisition]);
  const held = useMemo(
    () =>
      dimensionsOf(space).filter((dimension) =>
        slice.every((axis) => axis.dimension.name !== dimension.name),
      ),
    [space, slice],
  );
  const close = useMemo(
    (): readonly MapPoint[] =>
      answered ? points.filter(({ point }) => distance(held, point, answered.at) <= near) : [],
    [answered, points, held],
  );
  if (!first) return null;
  const set = (next: Readonly<Record<string, string>>): void =>
    setSearch({ ...Object.fromEntries(search), ...next }, { replace: true, preventScrollReset: true });
  const choose = (own: readonly SliceAxis[]): void => {
    setAt(null);
    setPinned(false);
    set({ along: own.map(({ key }) => key).join('|') });
  };
  const common = { name: `${name} slice`, objective, posterior, points: close, probe };
  const mixture = first.mixture !== null;
  const place = at !== null && posterior?.points[at] !== undefined ? at : null;

  return (
    <div className="columns">
      <div className="span-8 fill">
        <Panel
          title={`Slice of the ${propertyName(objective.property)}`}
          note={
            answered
              ? noteOf(held, answered.at)
              : 'What the model expects along some dimensions, with everything else held as in the best result.'
          }
          tools={
            slice.length > 1 && posterior ? (
              <Segmented
                label="What the colour shows"
                options={options}
                value={shown}
                onChange={(value) => set({ show: value })}
              />
            ) : undefined
          }
        >
          <div className="chooser">
            <SelectField
              path="along"
              label="Along"
              value={first.key}
              options={axes.map((axis) => ({ value: axis.key, label: formulaText(axis.dimension.name) }))}
              onChange={(key) => {
                const axis = axes.find((own) => own.key === key);
                if (axis) choose(usualSlice(axes, axis));
              }}
            />
            <SelectField
              path="across"
              label="And"
              value={slice
                .slice(1)
                .map(({ key }) => key)
                .join('|')}
              options={across(axes, first).map((own) => ({
                value: own.map(({ key }) => key).join('|'),
                label:
                  own.length === 0
                    ? 'nothing else'
                    : listed(own.map(({ dimension }) => formulaText(dimension.name))),
              }))}
              onChange={(key) => {
                const own = across(axes, first).find(
                  (candidate) => candidate.map((axis) => axis.key).join('|') === key,
                );
                if (own) choose([first, ...own]);
              }}
            />
          </div>
          {problem === null ? null : <Trouble what="The slice could not be drawn." why={problem} />}
          {modelId === null ? (
            <Empty title="No model yet">
              <p>A slice is drawn once the first design has results.</p>
            </Empty>
          ) : posterior ? (
            <SliceMap slice={slice} shown={shown} {...common} />
          ) : busy ? (
            <Skeleton height="26rem" label="Drawing the slice" />
          ) : null}
        </Panel>
      </div>
      <div className="span-4 stack">
        <Panel title="Read-out">
          {posterior && place !== null ? (
            <Readout
              title="This place"
              pinned={pinned}
              place={{
                point: posterior.points[place],
                prediction: { mean: posterior.mean[place] ?? 0, sd: posterior.sd[place] ?? 0 },
                gain: posterior.gain?.[place] ?? null,
              }}
              axes={dimensionsOf(space)}
              mixture={mixture && space.length === 1}
              objective={objective}
              points={points}
            />
          ) : (
            <p className="soft">
              {slice.length === 4
                ? 'Point at a dot to read it off; click to keep it.'
                : 'Point at the slice, or use the arrow keys, to read a place; click to keep it.'}
            </p>
          )}
        </Panel>
        <ConstraintEffects campaignId={id} />
      </div>
    </div>
  );
}

interface SliceMapProps {
  readonly slice: readonly SliceAxis[];
  readonly shown: Shown | 'value';
  readonly name: string;
  readonly objective: Parameters<typeof LineMap>[0]['objective'];
  readonly posterior: MapPosterior | null;
  readonly points: readonly MapPoint[];
  readonly probe: NonNullable<Parameters<typeof LineMap>[0]['probe']>;
}

function SliceMap({ slice, shown: asked, ...common }: SliceMapProps): JSX.Element | null {
  const dimensions = useMemo(() => slice.map(({ dimension }) => dimension), [slice]);
  const triangle = useMemo(() => {
    const [a, b, c, d] = dimensions;
    return a && b && c && !d ? ([a, b, c] as const) : null;
  }, [dimensions]);
  const four = useMemo((): Four<Dimension> | null => {
    const [a, b, c, d] = dimensions;
    return a && b && c && d ? [a, b, c, d] : null;
  }, [dimensions]);
  const [x, y] = dimensions;
  if (four) return <TurnedMap {...common} axes={four} shown={asked} />;
  const shown = asked === 'value' ? 'mean' : asked;
  if (triangle) return <TernaryMap {...common} axes={triangle} shown={shown} widest={680} />;
  if (x && y) return <PlaneMap {...common} x={x} y={y} shown={shown} widest={720} />;
  return x ? <LineMap {...common} x={x} /> : null;
}

type TurnedMapProps = Omit<Parameters<typeof QuaternaryMap>[0], 'turn' | 'onTurn'>;

/** How it is turned stands in the address, once it is let be. */
function TurnedMap(props: TurnedMapProps): JSX.Element {
  const { text, type } = useTyped('turn');
  const turn = useMemo(() => turnOf(text), [text]);
  return <QuaternaryMap {...props} turn={turn} onTurn={(next) => type(turnText(next))} />;
}

const noteOf = (held: readonly Dimension[], at: unknown): string =>
  held.length === 0
    ? 'All mixtures: each corner is a pure component, and a place is the nearer to a corner the more it has of it. Farther dots are fainter.'
    : `Everything else is held as in the best result: ${heldText(held, at)}. The experiments drawn are those within ${percentText(near)} of that.`;

function heldText(held: ReturnType<typeof dimensionsOf>, at: unknown): string {
  return listed(
    held.map((dimension) => {
      const value = dimension.of(fieldsOf(at));
      const text =
        value === null ? '–' : (dimension.choices?.[value] ?? withUnit(tickText(value), dimension.unit));
      return `${formulaText(dimension.name)} ${text}`;
    }),
  );
}
