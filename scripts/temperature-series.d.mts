/** Gives the campaign's id. */
export function measureSeries(
  ask: (query: string, variables: Readonly<Record<string, unknown>>, secret: string) => Promise<unknown>,
  admin: string,
  samples: number,
): Promise<string>;
