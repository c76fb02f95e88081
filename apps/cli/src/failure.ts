/** Something the user can put right: told in a sentence, without a stack. */
export class Failure extends Error {
  override readonly name: string = 'Failure';
}

/** The command line itself is wrong. */
export class WrongUsage extends Failure {
  override readonly name = 'WrongUsage';
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The system's error code (ENOENT, EACCES …), where the thing thrown carries one. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
