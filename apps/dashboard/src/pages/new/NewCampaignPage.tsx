import type { JSX } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { usePageTitle } from '../../components/hooks.js';
import { NotFoundPage } from '../NotFoundPage.js';
import { CampaignForm } from './CampaignForm.js';
import { DraftCampaign } from './DraftCampaign.js';
import { isFormStep, stepAt, steps } from './steps.js';

/** A new campaign, step by step: first its form, then what is done with the draft that it made. */
export default function NewCampaignPage(): JSX.Element {
  const step = stepAt(useParams()['step']);
  const [search] = useSearchParams();
  const title = steps.find(({ key }) => key === step)?.title;
  usePageTitle(title === undefined || step === 'start' ? 'New campaign' : `${title} · New campaign`);
  if (step === null) return <NotFoundPage />;
  return isFormStep(step) ? (
    <CampaignForm step={step} />
  ) : (
    <DraftCampaign step={step} campaignId={search.get('campaign')} />
  );
}
