import type { Logger } from 'pino';

export interface TracingOptions {
  /** Where an OpenTelemetry collector listens, http://host:4318 for instance; nothing is traced without it. */
  readonly endpoint: string | undefined;
  /** What this process is called in traces. */
  readonly service: string;
  readonly log: Logger;
}

export interface Tracing {
  /** Sends what is waiting, for a while, and ends. */
  close(): Promise<void>;
}

/** The packages that trace are loaded only where somebody wants traces. */
export async function openTracing({ endpoint, service, log }: TracingOptions): Promise<Tracing> {
  if (endpoint === undefined) return { close: () => Promise.resolve() };
  const { exportTo } = await import('./exporting.js');
  return exportTo(endpoint, service, log);
}
