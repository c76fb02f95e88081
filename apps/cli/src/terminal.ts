/** Everything a command may know of the world that runs it. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a person watches standard error. */
  readonly watched: boolean;
  out(line: string): void;
  err(line: string): void;
  /** Shows text in place of the last shown; only where a person watches. */
  progress(text: string): void;
}

const clearLine = '\r\u001b[K';

export function processTerminal(): Terminal {
  const watched = process.stderr.isTTY;
  // Whoever read us may have gone (`ionloop start | head`); that is no reason to stop in disorder.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return {
    env: process.env,
    watched,
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    progress: (text) => {
      if (watched) process.stderr.write(clearLine + text);
    },
  };
}
