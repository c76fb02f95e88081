import { type JSX, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { UpdateCampaignDocument } from '../../../api/generated/graphql.js';
import { useSession } from '../../../api/session-context.js';
import { may } from '../../../api/session.js';
import { dimensionsOf } from '../../../api/space.js';
import { problemOf, useAction } from '../../../api/use-action.js';
import { useAnalysis } from '../../../api/use-analysis.js';
import { Panel } from '../../../components/Panel.js';
import { ReasonDialog } from '../../../components/ReasonDialog.js';
import { Empty, Skeleton, Trouble } from '../../../components/States.js';
import { useCampaignData } from '../campaign-data.js';
import { compareBatches, differenceSentences } from './compare.js';
import { addressOf, draftAt } from './what-if-address.js';
import { type ChangedTerm, readWhatIf, type WhatIfDraft, whatIfDraftOf } from './what-if-draft.js';
import { WhatIfForm } from './WhatIfForm.js';
import { WhatIfMap } from './WhatIfMap.js';
import { WhatIfTable } from './WhatIfTable.js';

type Read = Exclude<ReturnType<typeof readWhatIf>, { problem: string }>;

/** The next batch on other terms, beside the one on the terms of now; nothing is done until somebody applies it. */
export default function WhatIfTab(): JSX.Element {
  const { campaign, space, onDone } = useCampaignData();
  const { id, objective } = campaign;
  const { role } = useSession();
  const [search, setSearch] = useSearchParams();
  const before = useMemo(() => whatIfDraftOf(campaign), [campaign]);
  const [draft, setDraft] = useState<WhatIfDraft>(() => draftAt(before, search));
  const [asked, setAsked] = useState<Read | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [applying, setApplying] = useState(false);
  const now = useAnalysis(id, 'WhatIfResult');
  const then = useAnalysis(id, 'WhatIfResult');
  const update = useAction(UpdateCampaignDocument);
  const read = useMemo(() => readWhatIf(campaign, draft), [campaign, draft]);
  const terms: readonly ChangedTerm[] = 'problem' in read ? [] : read.terms;

  const ask = (): void => {
    if ('problem' in read) {
      setProblem(read.problem);
      return;
    }
    setProblem(null);
    setAsked(read);
    setSearch(addressOf(before, draft), { replace: true, preventScrollReset: true });
    now.run({ whatIf: read.now });
    then.run({ whatIf: read.then });
  };
  // An address that says what to try is tried at once.
  const [fromAddress] = useState(() => [...search.keys()].length > 0);
  useEffect(() => {
    if (fromAddress) ask();
  }, []);

  const busy = now.busy || then.busy;
  const both = asked && now.result && then.result && !busy ? { now: now.result, then: then.result } : null;
  const compared = useMemo(
    () => (both ? compareBatches(both.now.proposals, both.then.proposals) : []),
    [both?.now, both?.then],
  );
  const axes = useMemo(() => dimensionsOf(space), [space]);
  const trouble = problem ?? now.problem ?? then.problem;

  const apply = async (reason: string): Promise<string | null> => {
    if ('problem' in read) return read.problem;
    const answer = problemOf(await update.run({ id, revision: campaign.revision, reason, ...read.change }));
    if (answer !== null) return answer;
    setSearch({}, { replace: true, preventScrollReset: true });
    onDone();
    return null;
  };

  return (
    <div className="columns">
      <div className="span-4 stack">
        <Panel
          title="Other terms"
          note="Change what you like and look: nothing is committed until it is applied."
        >
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              ask();
            }}
          >
            <WhatIfForm
              draft={draft}
              space={space}
              spent={campaign.spent}
              onChange={(change) => setDraft((known) => ({ ...known, ...change }))}
            />
            <ChangedTerms terms={terms} />
            <div className="row">
              <button type="submit" className="button primary" disabled={busy}>
                {busy ? 'Planning…' : 'See the next batch'}
              </button>
              <button
                type="button"
                className="button quiet"
                disabled={terms.length === 0}
                onClick={() => setDraft(before)}
              >
                As it is now
              </button>
              {may(role, 'plan') ? (
                <button
                  type="button"
                  className="button"
                  disabled={terms.length === 0 || campaign.state === 'archived'}
                  onClick={() => setApplying(true)}
                >
                  Apply…
                </button>
              ) : null}
            </div>
          </form>
        </Panel>
      </div>
      <div className="span-8 stack">
        {trouble === null ? null : <Trouble what="It could not be planned." why={trouble} />}
        {busy ? <Skeleton height="24rem" label="Planning both batches" /> : null}
        {!busy && !both && trouble === null ? (
          <Panel title="What would be proposed">
            <Empty title="Both batches stand here once you look">
              <p>
                The planner is asked twice with the same results, seed and work under way: on the terms of now
                and on yours. Neither batch is kept.
              </p>
            </Empty>
          </Panel>
        ) : null}
        {both && asked ? (
          <>
            <Panel title="What differs, and why">
              <ul className="reasons" data-testid="what-differs">
                {differenceSentences(campaign, asked.terms, both.now, both.then).map((sentence) => (
                  <li key={sentence} className="plain">
                    {sentence}
                  </li>
                ))}
              </ul>
            </Panel>
            <Panel
              title="Both batches"
              note="Rings are the batch on the changed terms, squares that on the terms of now; what stays has both. The colours are what the model of now expects."
            >
              <WhatIfMap compared={compared} />
            </Panel>
            <Panel
              title="Proposals then and now"
              note="In the turn in which they would be made; at the end those of now that would not be made."
            >
              <WhatIfTable rows={compared} axes={axes} objective={objective} />
            </Panel>
          </>
        ) : null}
      </div>
      {applying ? (
        <ReasonDialog
          wide
          onClose={() => setApplying(false)}
          question={{
            title: 'Apply these terms?',
            text: 'They hold from the next plan on. Proposals that wait stay as they are; experiments outside new bounds stay, and are marked.',
            label: 'Why?',
            confirm: 'Apply',
            act: apply,
          }}
        >
          <ChangedTerms terms={terms} />
        </ReasonDialog>
      ) : null}
    </div>
  );
}

const ChangedTerms = ({ terms }: { readonly terms: readonly ChangedTerm[] }): JSX.Element =>
  terms.length === 0 ? (
    <p className="soft small">Nothing is changed yet.</p>
  ) : (
    <dl className="changed-terms">
      {terms.map(({ what, from, to }) => (
        <div key={`${what} ${from}`}>
          <dt>{what}</dt>
          <dd>
            <span className="soft">{from}</span> → <strong>{to}</strong>
          </dd>
        </div>
      ))}
    </dl>
  );
