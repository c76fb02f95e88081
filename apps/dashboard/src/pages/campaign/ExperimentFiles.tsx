import { type JSX, useEffect, useId, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { download } from '../../api/download.js';
import {
  type ExperimentFilesQuery,
  ExperimentFilesDocument,
  type ExperimentRowFragment,
} from '../../api/generated/graphql.js';
import { useSession } from '../../api/session-context.js';
import { sayError } from '../../api/use-action.js';
import { Empty, Skeleton, Trouble } from '../../components/States.js';
import { bytesText } from '../../format/bytes.js';
import { labelText } from '../../format/formula.js';
import { NyquistPlot } from '../../plots/NyquistPlot.js';

type File = NonNullable<ExperimentFilesQuery['experiment']>['attempts'][number]['artifacts'][number];

interface ExperimentFilesProps {
  readonly row: Pick<ExperimentRowFragment, 'id' | 'number' | 'label'>;
  readonly onClose: () => void;
}

/** What came with an experiment's results: spectra drawn, everything to be saved. */
export function ExperimentFiles({ row, onClose }: ExperimentFilesProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [{ data, error, fetching }, ask] = useQuery({
    query: ExperimentFilesDocument,
    variables: { id: row.id },
  });
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const attempts = [...(data?.experiment?.attempts ?? [])].sort((a, b) => b.fence - a.fence);
  const files = attempts.flatMap(({ artifacts }) => artifacts);
  return (
    <dialog ref={dialog} className="dialog wide" aria-labelledby={`${id}-title`} onClose={onClose}>
      <div className="stack">
        <div className="stack-tight">
          <h2 id={`${id}-title`}>Files of experiment {row.number}</h2>
          <p className="soft small">{labelText(row.label)}</p>
        </div>
        {error ? (
          <Trouble what="The files could not be loaded." why={sayError(error)} retry={() => ask()} />
        ) : null}
        {fetching && files.length === 0 ? <Skeleton height="18rem" label="Loading the files" /> : null}
        {!fetching && !error && files.length === 0 ? <Empty title="There are no files" /> : null}
        {files.map((file) => (
          <FileView key={file.id} file={file} experiment={row.number} />
        ))}
        <div className="row">
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </div>
      </div>
    </dialog>
  );
}

function FileView({ file, experiment }: { readonly file: File; readonly experiment: number }): JSX.Element {
  const session = useSession();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { name, bytes, spectrum, url } = file;
  const save = async (): Promise<void> => {
    setBusy(true);
    setProblem(await download(session, url, name));
    setBusy(false);
  };
  return (
    <section className="stack-tight" data-testid="file" aria-label={name}>
      {spectrum && spectrum.problem === null ? (
        <>
          <p className="soft small">
            Each point is one frequency: where the arc comes down to the axis is the resistance of the sample,
            and the tail to the right of it belongs to the electrodes.
          </p>
          <NyquistPlot name={`experiment ${experiment} ${name}`} spectrum={spectrum.points} />
          {spectrum.total > spectrum.points.length ? (
            <p className="soft small">
              {spectrum.points.length} of {spectrum.total} points are drawn; the file has all of them.
            </p>
          ) : null}
        </>
      ) : null}
      {spectrum?.problem ? <Trouble what="This spectrum cannot be drawn:" why={spectrum.problem} /> : null}
      <div className="row">
        <button type="button" className="button small" disabled={busy} onClick={() => void save()}>
          Download {name}
        </button>
        <span className="soft small number">{bytesText(bytes)}</span>
      </div>
      {problem === null ? null : <Trouble what="The file could not be saved." why={problem} />}
    </section>
  );
}
