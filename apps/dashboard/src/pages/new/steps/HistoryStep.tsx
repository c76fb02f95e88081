import type { CampaignWhole } from '../../../api/use-campaign.js';
import { type JSX, useEffect, useId, useRef, useState } from 'react';
import { type HistoryOptions, type HistoryReport, sendHistory } from '../../../api/history.js';
import { useSession } from '../../../api/session-context.js';
import { Panel } from '../../../components/Panel.js';
import { Skeleton, Trouble } from '../../../components/States.js';
import { countText } from '../../../format/number.js';
import { plural } from '../../../format/words.js';
import { HistoryPreview } from './HistoryPreview.js';
import { meaningsOf } from './meanings.js';
import { reportSentence } from './report-words.js';

interface HistoryStepProps {
  readonly campaign: CampaignWhole;
  readonly onDone: () => void;
}

const plain: HistoryOptions = { map: {}, skipBad: false, force: false, keepDuplicates: false };
const choices = [
  { key: 'skipBad', label: 'Leave out the rows that cannot be imported' },
  { key: 'keepDuplicates', label: 'Rows that say the same twice are two measurements' },
  { key: 'force', label: 'Keep implausible values, with a flag' },
] as const;

/** Results of the past: looked at first, row by row, and then brought in, all of them or none. */
export function HistoryStep({ campaign, onDone }: HistoryStepProps): JSX.Element {
  const { id } = campaign;
  const session = useSession();
  const [file, setFile] = useState<File | null>(null);
  const [options, setOptions] = useState(plain);
  const [report, setReport] = useState<HistoryReport | null>(null);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState<'checking' | 'importing' | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [brought, setBrought] = useState<HistoryReport | null>(null);
  const latest = useRef(0);
  const field = useId();

  useEffect(() => {
    if (file === null) return;
    const mine = ++latest.current;
    setBusy('checking');
    void sendHistory(session, id, file, options, true).then((answer) => {
      if (mine !== latest.current) return;
      setBusy(null);
      if ('problem' in answer) setProblem(answer.problem);
      else {
        setProblem(null);
        setReport(answer.report);
      }
    });
  }, [session, id, file, options]);

  const choose = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return;
    setBrought(null);
    setReport(null);
    setProblem(null);
    setOptions(plain);
    setFile(chosen);
    setText(await chosen.slice(0, mostShown).text());
  };
  const bringIn = async (): Promise<void> => {
    if (file === null) return;
    setBusy('importing');
    const answer = await sendHistory(session, id, file, options, false);
    setBusy(null);
    if ('problem' in answer) {
      setProblem(answer.problem);
      return;
    }
    setBrought(answer.report);
    setFile(null);
    setReport(null);
    onDone();
  };

  const canImport =
    report !== null && report.measurements + report.failures > 0 && (report.bad === 0 || options.skipBad);
  return (
    <Panel
      title="Past results"
      note="Results that you have already: models learn from them, they take the place of first experiments, and they cost no budget. Nothing is changed before you bring them in; this step may be left out."
    >
      <div className="stack">
        {brought ? (
          <p className="notice good" role="status">
            {brought.isRepeated
              ? 'This file was brought in before: nothing was added.'
              : `Brought in: ${plural(brought.experiments, 'experiment')} with ${plural(brought.measurements, 'measurement')}${brought.failures > 0 ? `, ${plural(brought.failures, 'failure')} among them` : ''}.`}
          </p>
        ) : null}
        <div className="field">
          <label htmlFor={field}>Table of results (CSV)</label>
          <input
            id={field}
            className="input"
            type="file"
            accept=".csv,.tsv,.txt,text/csv,text/plain"
            onChange={(event) => void choose(event.target.files?.[0])}
          />
          <span className="hint">
            A line of headers: {meaningsOf(campaign).needed.join(', ')}. Units may stand in brackets and are
            converted.
          </span>
        </div>
        {problem === null ? null : <Trouble what="The table cannot be brought in as it is." why={problem} />}
        {file !== null && report === null && busy === 'checking' ? (
          <Skeleton height="10rem" label="Looking at the table" />
        ) : null}
        {file === null || report === null ? null : (
          <>
            <p
              className={report.bad > 0 ? 'notice warn' : 'notice good'}
              role="status"
              data-testid="history-found"
            >
              {reportSentence(report)}
            </p>
            <HistoryPreview
              campaign={campaign}
              report={report}
              text={text}
              map={options.map}
              onMap={(map) => setOptions((before) => ({ ...before, map }))}
            />
            <div className="stack-tight">
              {choices.map(({ key, label }) => (
                <label key={key} className="row">
                  <input
                    type="checkbox"
                    checked={options[key]}
                    onChange={(event) => setOptions((before) => ({ ...before, [key]: event.target.checked }))}
                  />
                  {label}
                </label>
              ))}
            </div>
            <div className="row">
              <button
                type="button"
                className="button primary"
                disabled={!canImport || busy !== null}
                onClick={() => void bringIn()}
              >
                {busy === 'importing'
                  ? 'Bringing in…'
                  : `Bring in ${countText(report.experiments)} ${report.experiments === 1 ? 'experiment' : 'experiments'}`}
              </button>
              {report.bad > 0 && !options.skipBad ? (
                <span className="small soft">Nothing is brought in as long as a row is wrong.</span>
              ) : null}
            </div>
          </>
        )}
      </div>
    </Panel>
  );
}

/** So much of a file is read for the preview. */
const mostShown = 2_000_000;
