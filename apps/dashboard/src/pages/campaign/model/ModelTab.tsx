import { type JSX, useEffect, useMemo } from 'react';
import { useQuery } from 'urql';
import { readDiagnostics } from '../../../api/diagnostics.js';
import { ModelHistoryDocument } from '../../../api/generated/graphql.js';
import { sayError } from '../../../api/use-action.js';
import { Panel } from '../../../components/Panel.js';
import { Empty, Skeleton, Trouble } from '../../../components/States.js';
import { propertyName } from '../../../format/objective.js';
import { plural } from '../../../format/words.js';
import { CalibrationCurve } from '../../../plots/CalibrationCurve.js';
import { Learning } from '../../../plots/Learning.js';
import { Parity } from '../../../plots/Parity.js';
import { SurpriseOverTime } from '../../../plots/SurpriseOverTime.js';
import { useCampaignData } from '../campaign-data.js';
import { trustOf } from '../trust.js';
import { AdvicePanel } from './AdvicePanel.js';
import { Explanations } from './Explanations.js';
import { Influence } from './Influence.js';
import { learningOf } from './learning.js';
import { ModelFigures } from './ModelFigures.js';
import { RelationsPanel } from './RelationsPanel.js';
import { TrustPanel } from './TrustPanel.js';

const mostModels = 60;

/** Whether the model is to be trusted: what it predicted of results that it had not seen. */
export default function ModelTab(): JSX.Element {
  const { campaign, model, modelLoaded, modelProblem } = useCampaignData();
  const { id, name, objective, progress } = campaign;
  const diagnostics = useMemo(() => readDiagnostics(model?.diagnostics), [model?.diagnostics]);
  const trust = useMemo(() => trustOf(diagnostics), [diagnostics]);
  const modelId = model?.id ?? null;
  const [history, ask] = useQuery({
    query: ModelHistoryDocument,
    variables: { id, first: mostModels },
    pause: modelId === null,
  });
  useEffect(() => {
    if (modelId !== null) ask({ requestPolicy: 'network-only' });
  }, [modelId, ask]);
  const models = useMemo(() => learningOf(history.data?.campaign?.models.nodes ?? []), [history.data]);
  const predicted = progress.filter(({ predictedMean }) => predictedMean !== null).length;

  if (!model) {
    if (modelProblem !== null) return <Trouble what="The model could not be loaded." why={modelProblem} />;
    if (!modelLoaded) return <Skeleton height="27rem" label="Loading the model" />;
    return (
      <Panel title="Model">
        <Empty title="No model yet">
          <p>
            The first {plural(campaign.initial, 'experiment')} are spread over the space; the model is fitted
            when they have results. {progress.length} came in so far.
          </p>
        </Empty>
      </Panel>
    );
  }
  const scale =
    objective.transform === 'log10' ? `log₁₀ ${propertyName(objective.property)}` : objective.unit;
  const { leftOut } = diagnostics;
  return (
    <div className="stack">
      <div className="columns">
        <div className="span-7 fill">
          <TrustPanel model={model} trust={trust} />
        </div>
        <div className="span-5 fill">
          <AdvicePanel campaignId={id} modelId={model.id} objective={objective} />
        </div>
      </div>
      <ModelFigures diagnostics={diagnostics} scale={scale} />
      {leftOut.length > 0 ? (
        <div className="columns">
          <div className="span-6 fill">
            <Panel
              title="Parity"
              note="Each point is a result, predicted by a model that had not seen it: the nearer to the line the better. Bars are the predicted mean ± 2 sd, which should hold 19 of 20 results; diamonds lie outside."
            >
              <Parity name={name} objective={objective} leftOut={leftOut} />
            </Panel>
          </div>
          <div className="span-6 fill">
            <Panel
              title="Calibration"
              note="Of the intervals that promise to hold a share of the results, how many did. Above the line the model is more careful than need be, below it is too sure; inside the band the difference may be chance."
            >
              <CalibrationCurve name={name} leftOut={leftOut} />
            </Panel>
          </div>
        </div>
      ) : (
        <Empty title="This model left no predictions to judge it by" />
      )}
      <div className="columns">
        <div className="span-7 fill">
          <Panel
            title="Residuals over time"
            note="How far each result was from what had been predicted before it was made. A line that leaves zero for long is a drift: of the laboratory, or into a part of the space that the model does not know. The band holds 19 of 20 results of an honest model."
          >
            {predicted === 0 ? (
              <Empty title="No result was predicted beforehand yet" />
            ) : (
              <SurpriseOverTime name={name} objective={objective} progress={progress} />
            )}
          </Panel>
        </div>
        <div className="span-5 fill">
          <Panel
            title="Learning"
            note="The error of left-out predictions of each model that was fitted, over the number of results that it learned from. It should fall; it may rise when new results come from where the model knew little."
          >
            {history.error && models.length === 0 ? (
              <Trouble
                what="Earlier models could not be loaded."
                why={sayError(history.error)}
                retry={() => ask({ requestPolicy: 'network-only' })}
              />
            ) : models.length > 1 ? (
              <Learning name={name} scale={scale} models={models} />
            ) : history.fetching ? (
              <Skeleton height="18rem" label="Loading earlier models" />
            ) : (
              <Empty title="One model so far: a curve begins with the second" />
            )}
          </Panel>
        </div>
      </div>
      <Explanations
        campaignId={id}
        modelId={model.id}
        name={name}
        objective={objective}
        scale={scale}
        influence={
          diagnostics.lengthscales.length + diagnostics.importances.length === 0 ? null : (
            <Influence lengthscales={diagnostics.lengthscales} importances={diagnostics.importances} />
          )
        }
      />
      <RelationsPanel campaignId={id} name={name} dataRevision={campaign.dataRevision} />
    </div>
  );
}
