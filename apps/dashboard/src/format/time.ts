const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

export const clockTime = (at: string): string => clock.format(new Date(at));
const hours = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const days = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });
const dayMs = 86_400_000;

/** A moment on an axis that is so many milliseconds long. */
export const momentText = (at: Date, spanMs: number): string => (spanMs > dayMs ? days : hours).format(at);
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

/** "in 25 min", or how long it is past. */
export function clockWords(
  deadline: string,
  now: Date,
): { readonly words: string; readonly overdue: boolean } {
  const seconds = (new Date(deadline).getTime() - now.getTime()) / 1000;
  const far = Math.abs(seconds);
  const step = steps.find((candidate) => far >= candidate.seconds);
  const length = step ? `${Math.floor(far / step.seconds)} ${step.word}` : `${Math.floor(far)} s`;
  return seconds > 0
    ? { words: `in ${length}`, overdue: false }
    : { words: `Overdue by ${length}`, overdue: true };
}

/** "2 h 5 min", "12 s": how long something took. */
export function spanWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
