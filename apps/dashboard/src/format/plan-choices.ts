/** What a select offers of a campaign's goal and approval, when it is made and in mid-run. */
export const goals = [
  { value: 'maximise', label: 'Maximise' },
  { value: 'minimise', label: 'Minimise' },
] as const;

export const approvals = [
  { value: 'manual', label: 'A person approves each' },
  { value: 'automatic', label: 'Automatic' },
] as const;
