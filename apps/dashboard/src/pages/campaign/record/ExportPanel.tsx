import { type JSX, useState } from 'react';
import { download } from '../../../api/download.js';
import { useSession } from '../../../api/session-context.js';
import { Panel } from '../../../components/Panel.js';
import { Trouble } from '../../../components/States.js';
import { fileName } from '../../../format/save-file.js';

const formats = [
  {
    value: 'csv',
    ending: 'csv',
    label: 'Table',
    about: 'A line for each measurement, and for each attempt or experiment without one. For a spreadsheet.',
  },
  {
    value: 'jsonld',
    ending: 'jsonld',
    label: 'Linked data',
    about: 'With units of QUDT, terms of EMMO and BattINFO, and where everything comes from. For an archive.',
  },
  {
    value: 'bundle',
    ending: 'tar.gz',
    label: 'Bundle',
    about: 'The whole record with its files. Another Ionloop brings it back to the same hash.',
  },
] as const;

interface ExportPanelProps {
  readonly campaignId: string;
  readonly name: string;
}

/** The campaign as a file to take along. */
export function ExportPanel({ campaignId, name }: ExportPanelProps): JSX.Element {
  const session = useSession();
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async ({ value, ending }: (typeof formats)[number]): Promise<void> => {
    setBusy(value);
    const url = `/v1/campaigns/${campaignId}/export?format=${value}`;
    setProblem(await download(session, url, `${fileName(name)}.${ending}`));
    setBusy(null);
  };
  return (
    <Panel title="Take it along">
      {problem === null ? null : <Trouble what="The file was not saved." why={problem} />}
      <ul className="exports">
        {formats.map((format) => (
          <li key={format.value}>
            <button
              type="button"
              className="button"
              disabled={busy !== null}
              onClick={() => void save(format)}
            >
              {format.label}
            </button>
            <span className="soft small">{busy === format.value ? 'On its way…' : format.about}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
