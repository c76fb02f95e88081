import { useCallback, useState } from 'react';
import { type CombinedError, type TypedDocumentNode, useMutation } from 'urql';

export interface UserError {
  readonly code: string;
  readonly message: string;
  readonly field: string | null;
}

interface Payload {
  readonly userErrors: readonly UserError[];
}

/** What came of an action: its data where it was carried out, else why not. */
export type Outcome<Data> =
  | { readonly done: true; readonly data: Data }
  | { readonly done: false; readonly errors: readonly UserError[] };

export const sayError = (error: CombinedError): string => {
  if (error.networkError) return 'The server cannot be reached. Nothing was lost: try again in a moment.';
  return error.graphQLErrors.map(({ message }) => message).join(' ') || error.message;
};

/** A mutation of one input, with the user's mistakes and the transport's errors told in the same way. */
export function useAction<Data extends Readonly<Record<string, Payload>>, Input>(
  document: TypedDocumentNode<Data, { input: Input }>,
): { readonly busy: boolean; readonly run: (input: Input) => Promise<Outcome<Data>> } {
  const [, execute] = useMutation(document);
  const [busy, setBusy] = useState(false);
  const run = useCallback(
    async (input: Input): Promise<Outcome<Data>> => {
      setBusy(true);
      const { data, error } = await execute({ input });
      setBusy(false);
      if (error) return failed([{ code: 'REQUEST_FAILED', message: sayError(error), field: null }]);
      if (!data) return failed([{ code: 'NO_ANSWER', message: 'The server gave no answer.', field: null }]);
      const errors = Object.values(data).flatMap(({ userErrors }) => userErrors);
      return errors.length > 0 ? failed(errors) : { done: true, data };
    },
    [execute],
  );
  return { busy, run };
}

const failed = (
  errors: readonly UserError[],
): { readonly done: false; readonly errors: readonly UserError[] } => ({
  done: false,
  errors,
});

/** Why an action was not carried out, as a sentence; null where it was. */
export const problemOf = (outcome: Outcome<unknown>): string | null =>
  outcome.done ? null : outcome.errors.map(({ message }) => message).join(' ');
