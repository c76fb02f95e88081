/** What a select offers of a campaign's goal and approval, when it is made and in mid-run. */
export const goals = [
  { value: 'maximise', label: 'Maximise' },
  { value: 'minimise', label: 'Minimise' },
] as const;

export const goalsWithWindow = [...goals, { value: 'window', label: 'Inside a window' }] as const;

export const approvals = [
  { value: 'manual', label: 'A person approves each' },
  { value: 'automatic', label: 'Automatic' },
] as const;

export const designs = [
  { value: '', label: 'Spread over the space' },
  { value: 'maximin', label: 'As far from each other as can be' },
  { value: 'sobol', label: 'An even sequence (Sobol)' },
  { value: 'latin-hypercube', label: 'Latin hypercube' },
  { value: 'simplex-lattice', label: 'Lattice of a mixture' },
  { value: 'k-means', label: 'The middles of clusters' },
  { value: 'random', label: 'By chance' },
] as const;

export const shapes = [
  { value: '', label: 'Free of each other' },
  { value: 'line', label: 'A line of settings' },
  { value: 'plate', label: 'A plate of settings' },
] as const;

const strategies = [
  'auto',
  'gp-log-ei',
  'gp-noisy-ei',
  'gp-pi',
  'gp-ucb',
  'gp-thompson',
  'gp-knowledge',
  'gp-max-value',
  'learn',
  'forest-ucb',
  'forest-ei',
  'extra-trees-ucb',
  'boosting-ucb',
  'stack-ei',
  'portfolio',
  'clusters',
  'random',
] as const;

/** The strategies to choose from, with the one that is set where it is none of the usual. */
export const strategiesWith = (
  own: string,
): readonly { readonly value: string; readonly label: string }[] => {
  const names: readonly string[] = strategies;
  return (names.includes(own) ? names : [...names, own]).map((value) => ({ value, label: value }));
};
