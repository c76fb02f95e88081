/**
 * Hides what may be a password in a connection string, well formed or not: all that stands before the last @ but
 * the protocol, and password parameters.
 */
export function mask(connectionString: string): string {
  return connectionString
    .replace(
      /^([a-z][a-z0-9+.-]*:\/\/)?.*@/is,
      (_all, protocol: string | undefined) => `${protocol ?? ''}***@`,
    )
    .replace(/([?&](?:[^=&]*password|pass|pwd)=)[^&]*/gi, '$1***');
}
