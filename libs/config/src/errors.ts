export interface Problem {
  readonly variable: string;
  /** As given, with passwords masked. */
  readonly value: string;
  /** What would be right, to be read after "must be". */
  readonly expected: string;
}

export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly code = 'CONFIGURATION';

  constructor(readonly problems: readonly Problem[]) {
    const lines = problems.map(
      ({ variable, value, expected }) => `${variable} is "${value}" but must be ${expected}.`,
    );
    super(lines.join('\n'));
  }
}
