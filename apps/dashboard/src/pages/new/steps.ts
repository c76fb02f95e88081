/** The steps of a new campaign: those of the form, then those of the draft campaign that it made. */
export const formSteps = [
  { key: 'start', title: 'Start' },
  { key: 'space', title: 'What varies' },
  { key: 'constraints', title: 'What must hold' },
  { key: 'goals', title: 'What is wanted' },
  { key: 'plan', title: 'The plan' },
  { key: 'check', title: 'Check and create' },
] as const;
export const draftSteps = [
  { key: 'history', title: 'Past results' },
  { key: 'rehearsal', title: 'Rehearsal' },
] as const;

export type FormStep = (typeof formSteps)[number]['key'];
export type DraftStep = (typeof draftSteps)[number]['key'];
export type Step = FormStep | DraftStep;

export const steps = [...formSteps, ...draftSteps] as const;
export const isFormStep = (step: Step): step is FormStep => formSteps.some(({ key }) => key === step);

/** The step that an address leads to; null where there is none. */
export const stepAt = (text: string | undefined): Step | null =>
  text === undefined ? 'start' : (steps.find(({ key }) => key === text)?.key ?? null);

export const stepAddress = (step: Step, campaignId: string | null = null): string =>
  `/new${step === 'start' ? '' : `/${step}`}${campaignId === null ? '' : `?campaign=${encodeURIComponent(campaignId)}`}`;

export function neighbours(step: FormStep): {
  readonly before: FormStep | null;
  readonly after: FormStep | null;
} {
  const at = formSteps.findIndex(({ key }) => key === step);
  return { before: formSteps[at - 1]?.key ?? null, after: formSteps[at + 1]?.key ?? null };
}

/** Where a field is filled in. */
export function stepOfField(path: string): FormStep {
  if (path === 'name' || path === 'description') return 'start';
  if (path.startsWith('space.constraints')) return 'constraints';
  if (path.startsWith('space')) return 'space';
  return /^(objectives|limits|cost)/.test(path) ? 'goals' : 'plan';
}
