const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

export const clockTime = (at: string): string => clock.format(new Date(at));
export const dayAndTime = (at: string): string => day.format(new Date(at));

const steps = [
  { seconds: 86_400, word: 'd' },
  { seconds: 3600, word: 'h' },
  { seconds: 60, word: 'min' },
] as const;

/** "3 min ago", counted from `now`. */
export function ago(at: string, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - new Date(at).getTime()) / 1000);
  if (seconds < 5) return 'just now';
  const step = steps.find((candidate) => seconds >= candidate.seconds);
  return step ? `${Math.floor(seconds / step.seconds)} ${step.word} ago` : `${Math.floor(seconds)} s ago`;
}
