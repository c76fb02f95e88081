import { useCallback, useEffect, useMemo, useState } from 'react';
import { type CombinedError, useQuery } from 'urql';
import {
  CampaignDocument,
  type CampaignHeadFragment,
  CampaignSpaceDocument,
  type CampaignSpaceQuery,
} from './generated/graphql.js';

/** A campaign with its design space. */
export interface CampaignWhole extends CampaignHeadFragment {
  readonly space: unknown;
}

interface FoundCampaign {
  /** Undefined before it is there; null where there is none. */
  readonly campaign: CampaignWhole | null | undefined;
  readonly error: CombinedError | undefined;
  readonly refetch: () => void;
}

/** What moves is asked for again and again; the space, which may be large, only where the settings are others. */
export function useCampaign(id: string): FoundCampaign {
  const [head, askHead] = useQuery({ query: CampaignDocument, variables: { id } });
  const [shape, askShape] = useQuery({ query: CampaignSpaceDocument, variables: { id } });
  const refetch = useCallback(() => {
    askHead({ requestPolicy: 'network-only' });
    if (shape.error) askShape({ requestPolicy: 'network-only' });
  }, [askHead, askShape, shape.error]);
  const now = head.data?.campaign;
  // What is known stays where it is asked for again in vain.
  const [drawn, setDrawn] = useState<CampaignSpaceQuery['campaign']>(null);
  const fresh = shape.data?.campaign ?? drawn;
  if (fresh !== drawn) setDrawn(fresh);
  const [revision, known] = [now?.revision ?? null, drawn?.revision ?? null];
  useEffect(() => {
    if (revision !== null && known !== null && revision > known) askShape({ requestPolicy: 'network-only' });
  }, [revision, known, askShape]);
  const space = drawn?.space;
  const campaign = useMemo(() => {
    if (now === null) return null;
    return now && drawn?.id === now.id ? { ...now, space } : undefined;
  }, [now, drawn?.id, space]);
  return { campaign, error: head.error ?? shape.error, refetch };
}
