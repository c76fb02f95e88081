/** Something the user can put right: told in a sentence, without a stack. */
export class Failure extends Error {
  override readonly name: string = 'Failure';
}

/** The command line itself is wrong. */
export class WrongUsage extends Failure {
  override readonly name = 'WrongUsage';
}

export function messageOf(error: unknown): string {
  return isObject(error) && 'message' in error && typeof error.message === 'string'
    ? error.message
    : String(error);
}

/** The system's error code (ENOENT, EACCES …), where the thing thrown carries one. */
export function systemCode(error: unknown): string | undefined {
  return isObject(error) && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
