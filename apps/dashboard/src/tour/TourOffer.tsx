import { type JSX, useState } from 'react';
import { Link } from 'react-router';
import { markTourSeen, tourSeen } from './seen.js';
import { stopAddress } from './stops.js';

interface Toured {
  readonly id: string;
  readonly progress: readonly unknown[];
}

/** The one that has most to show. */
export const campaignToTour = <C extends Toured>(campaigns: readonly C[]): C | null =>
  campaigns.reduce<C | null>(
    (best, one) => (best === null || one.progress.length > best.progress.length ? one : best),
    null,
  );

/** Offered until it was taken, or not wanted. */
export function TourOffer({ campaigns }: { readonly campaigns: readonly Toured[] }): JSX.Element | null {
  const [seen, setSeen] = useState(tourSeen);
  const campaign = campaignToTour(campaigns);
  if (seen || campaign === null) return null;
  const dismiss = (): void => {
    markTourSeen();
    setSeen(true);
  };
  return (
    <div className="notice info">
      <span>New here? A tour of two minutes shows the loop on a real campaign.</span>
      <span className="row">
        <Link className="button small" to={stopAddress(campaign.id, 0)}>
          Take the tour
        </Link>
        <button type="button" className="button quiet small" onClick={dismiss}>
          Not now
        </button>
      </span>
    </div>
  );
}
