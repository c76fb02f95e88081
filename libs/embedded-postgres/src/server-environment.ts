/** PostgreSQL's own messages are read by us, so they must be in English; PG… variables of ours are not meant for it. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, SystemRoot, TEMP } = process.env;
  const kept = { PATH, HOME, TMPDIR, SystemRoot, TEMP };
  return {
    ...Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined)),
    LC_ALL: 'C',
    TZ: 'UTC',
  };
}
