import { useEffect, useMemo, useState } from 'react';
import { useClient } from 'urql';
import { PreviewSpaceDocument, type PreviewSpaceQuery } from '../../../api/generated/graphql.js';
import { sayError, type UserError } from '../../../api/use-action.js';
import type { Draft } from '../draft/draft.js';
import { readSpaceOf } from '../draft/draft.js';

export type Effects = NonNullable<PreviewSpaceQuery['previewSpace']['effects']>;

export type Preview =
  /** Something is missing yet. */
  | { readonly state: 'incomplete' }
  | { readonly state: 'looking'; readonly last: Effects | null }
  | { readonly state: 'known'; readonly effects: Effects }
  | { readonly state: 'refused'; readonly errors: readonly UserError[] }
  | { readonly state: 'failed'; readonly why: string };

const restMs = 600;
/** The server takes a request of one megabyte. */
const mostCharacters = 900_000;

/** What the server makes of a space while it is typed: asked when nothing was typed for a moment. */
export function usePreview({ parameters, constraints }: Pick<Draft, 'parameters' | 'constraints'>): Preview {
  const client = useClient();
  const text = useMemo(() => {
    const { space, errors } = readSpaceOf({ parameters, constraints });
    return errors.size > 0 ? null : JSON.stringify(space);
  }, [parameters, constraints]);
  const [preview, setPreview] = useState<Preview>({ state: 'incomplete' });

  useEffect(() => {
    if (text === null) {
      setPreview({ state: 'incomplete' });
      return;
    }
    if (text.length > mostCharacters) {
      setPreview({
        state: 'failed',
        why: `The space has ${Math.round(text.length / 1000)} kB; one of at most ${mostCharacters / 1000} kB can be sent from here.`,
      });
      return;
    }
    setPreview((before) => ({ state: 'looking', last: before.state === 'known' ? before.effects : null }));
    let wanted = true;
    const ask = async (): Promise<void> => {
      const { data, error } = await client
        .query(
          PreviewSpaceDocument,
          { space: JSON.parse(text) as unknown },
          { requestPolicy: 'network-only' },
        )
        .toPromise();
      if (!wanted) return;
      if (!data) {
        setPreview({ state: 'failed', why: error ? sayError(error) : 'The server gave no answer.' });
        return;
      }
      const { effects, userErrors } = data.previewSpace;
      setPreview(effects ? { state: 'known', effects } : { state: 'refused', errors: userErrors });
    };
    const timer = setTimeout(() => void ask(), restMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [client, text]);
  return preview;
}
