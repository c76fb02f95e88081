/** Why the server cannot start, in one line that names the setting to change. */
export class StartError extends Error {
  constructor(message: string, cause: unknown) {
    super(message.replaceAll(/\s*\n\s*/g, ' '), { cause });
    this.name = 'StartError';
  }
}

export const databaseTrouble = (error: unknown): never => {
  throw new StartError(naming('DATABASE_URL', error), error);
};

export const artifactsTrouble =
  (folder: string) =>
  (error: unknown): never => {
    const why = `the folder for artifacts, ${folder}, cannot be written: ${messageOf(error)}`;
    throw new StartError(`${why}; set IONLOOP_ARTIFACTS to one that can`, error);
  };

/** The queue is in Redis where that is set, else in the database. */
export const queueTrouble = (error: unknown): never => {
  throw new StartError(naming('REDIS_URL or DATABASE_URL', error), error);
};

export const portTrouble = (port: number, error: unknown): never => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') {
    throw new StartError(`port ${port} is in use; set IONLOOP_PORT to another one`, error);
  }
  if (code === 'EACCES') {
    throw new StartError(`port ${port} may not be listened on; set IONLOOP_PORT to another one`, error);
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    throw new StartError(`IONLOOP_HOST is no address of this machine: ${messageOf(error)}`, error);
  }
  throw error;
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function naming(setting: string, error: unknown): string {
  const message = messageOf(error);
  return message.includes(setting) ? message : `${message} (set by ${setting})`;
}
