/** The views of a campaign, each at an address of its own. */
export const campaignViews = [
  { path: '', label: 'Overview' },
  { path: 'space', label: 'Space' },
  { path: 'model', label: 'Model' },
  { path: 'physics', label: 'Physics' },
  { path: 'bench', label: 'Bench' },
  { path: 'what-if', label: 'What-if' },
  { path: 'record', label: 'Record' },
] as const;

export type CampaignViewPath = (typeof campaignViews)[number]['path'];

export const viewAddress = (campaignId: string, path: CampaignViewPath): string =>
  `/campaigns/${campaignId}${path === '' ? '' : `/${path}`}`;

/** The view that an address leads to; null where there is none. */
export function viewAt(pathname: string): (typeof campaignViews)[number] | null {
  const path = pathname.split('/')[3] ?? '';
  return campaignViews.find((view) => view.path === path) ?? null;
}
