import { InvalidArgumentError, NotPositiveDefiniteError, OutOfMemoryError } from '../errors.js';

/** An error on its way between threads: a structured clone alone would lose its class and its fields. */
export interface PackedError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly cause: PackedError | undefined;
}

const classes: readonly (new (...args: never[]) => Error)[] = [
  InvalidArgumentError,
  NotPositiveDefiniteError,
  OutOfMemoryError,
  RangeError,
  TypeError,
  SyntaxError,
  ReferenceError,
  EvalError,
  URIError,
];

export function packError(thrown: unknown): PackedError {
  if (!isError(thrown)) return packError(new Error(String(thrown)));
  return {
    name: thrown.name,
    message: thrown.message,
    stack: thrown.stack,
    fields: Object.fromEntries(Object.entries(thrown).filter(([, value]) => canTravel(value))),
    cause: isError(thrown.cause) ? packError(thrown.cause) : undefined,
  };
}

/** An error of the same class where it is one of ours or the language's; else one of the same name. */
export function unpackError({ name, message, stack, fields, cause }: PackedError): Error {
  const itsClass = classes.find((one) => one.name === name);
  const error: Error = Reflect.construct(Error, [message], itsClass ?? Error);
  if (itsClass === undefined && name !== 'Error') define(error, 'name', name);
  if (cause !== undefined) define(error, 'cause', unpackError(cause));
  if (stack !== undefined) define(error, 'stack', stack);
  return Object.assign(error, fields);
}

function define(error: Error, property: string, value: unknown): void {
  Object.defineProperty(error, property, { value, configurable: true, writable: true, enumerable: false });
}

function isError(thrown: unknown): thrown is Error {
  return thrown instanceof Error;
}

function canTravel(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}
