import { type JSX, useState } from 'react';
import { UpdateCampaignDocument } from '../../../api/generated/graphql.js';
import type { CampaignWhole } from '../../../api/use-campaign.js';
import { problemOf, useAction } from '../../../api/use-action.js';
import { SelectField, TextField } from '../../../components/Field.js';
import { ReasonDialog } from '../../../components/ReasonDialog.js';
import { ReviewFields, SeparateReview } from '../../../components/ReviewFields.js';
import { goals, goalsWithWindow, strategiesWith } from '../../../format/plan-choices.js';
import { readSettings, type SettingsDraft, settingsDraftOf } from './settings-draft.js';

interface SettingsDialogProps {
  readonly campaign: CampaignWhole;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Other settings from now on; what was done under the old ones stays as it was done. */
export function SettingsDialog({ campaign, onDone, onClose }: SettingsDialogProps): JSX.Element {
  // As it was opened: what others change meanwhile is told by the server.
  const [seen] = useState(campaign);
  const [draft, setDraft] = useState<SettingsDraft>(() => settingsDraftOf(campaign));
  const update = useAction(UpdateCampaignDocument);
  const set = (change: Partial<SettingsDraft>): void => setDraft((before) => ({ ...before, ...change }));
  const names = strategiesWith(seen.strategy);

  const act = async (reason: string): Promise<string | null> => {
    const read = readSettings(seen, draft);
    if ('problem' in read) return read.problem;
    if (Object.keys(read.change).length === 0) return 'Nothing was changed.';
    const { id, revision } = seen;
    const problem = problemOf(await update.run({ id, revision, reason, ...read.change }));
    if (problem === null) onDone();
    return problem;
  };

  return (
    <ReasonDialog
      wide
      onClose={onClose}
      question={{
        title: 'Change the settings',
        text: 'They hold from the next plan on. Experiments outside new bounds stay, and are marked.',
        label: 'Why?',
        confirm: 'Change',
        act,
      }}
    >
      <div className="form-grid">
        <TextField path="name" label="Name" value={draft.name} onChange={(name) => set({ name })} />
        <SelectField
          path="strategy"
          label="Strategy"
          options={names}
          value={draft.strategy}
          onChange={(strategy) => set({ strategy })}
        />
        <TextField
          path="budget"
          label="Budget"
          numeric
          hint={`${seen.spent} are spent`}
          value={draft.budget}
          onChange={(budget) => set({ budget })}
        />
        <TextField
          path="parallel"
          label="Kept open at a time"
          numeric
          value={draft.parallel}
          onChange={(parallel) => set({ parallel })}
        />
        <SelectField
          path="objective.goal"
          label="Goal"
          options={seen.objective.goal === 'window' ? goalsWithWindow : goals}
          value={draft.goal}
          onChange={(goal) => set({ goal })}
        />
        <ReviewFields review={draft} onChange={set} />
      </div>
      <SeparateReview review={draft} onChange={set} />
      {draft.bounds.length === 0 ? null : (
        <details>
          <summary>Bounds</summary>
          <div className="form-grid">
            {draft.bounds.flatMap((bounds, i) =>
              (['min', 'max'] as const).map((end) => (
                <TextField
                  key={`${bounds.parameter}.${bounds.component ?? ''}.${end}`}
                  path={`bounds.${i}.${end}`}
                  label={`${bounds.component === null ? bounds.parameter : `${bounds.component} (%)`}, ${end === 'min' ? 'from' : 'to'}`}
                  numeric
                  value={bounds[end]}
                  onChange={(value) =>
                    set({
                      bounds: draft.bounds.map((one, k) => (k === i ? { ...one, [end]: value } : one)),
                    })
                  }
                />
              )),
            )}
          </div>
        </details>
      )}
    </ReasonDialog>
  );
}
