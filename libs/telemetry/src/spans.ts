import {
  type Attributes,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

export type { Attributes } from '@opentelemetry/api';

const tracer = () => trace.getTracer('ionloop');

const kinds = { inside: SpanKind.INTERNAL, server: SpanKind.SERVER, job: SpanKind.CONSUMER } as const;
type Kind = keyof typeof kinds;

/** Does the work in a span of its own, under the one that is open; costs next to nothing where nobody traces. */
export function traced<T>(
  name: string,
  attributes: Attributes,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  return tracer().startActiveSpan(name, { attributes }, (span) => ending(span, () => work(span)));
}

/** The same under a span of another process, as its `traceparent` names it; a wrong one begins a new trace. */
export function continuing<T>(
  traceparent: string | undefined,
  name: string,
  options: { readonly kind: Kind; readonly attributes?: Attributes },
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const parent = traceparent === undefined ? context.active() : from(traceparent);
  const { kind, attributes = {} } = options;
  return tracer().startActiveSpan(name, { kind: kinds[kind], attributes }, parent, (span) =>
    ending(span, () => work(span)),
  );
}

/** What to send along so that another process goes on with this trace; undefined where there is none. */
export function carried(): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

/** Something that was timed where there is no tracer, in milliseconds since 1970. */
export function spanBetween(name: string, startMs: number, endMs: number, attributes: Attributes = {}): void {
  tracer().startSpan(name, { startTime: startMs, attributes }).end(endMs);
}

/** The ids of the open span, as logs name them; none where nobody traces. */
export function traceOf(): { readonly traceId: string; readonly spanId: string } | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  return span && { traceId: span.traceId, spanId: span.spanId };
}

async function ending<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const message = error instanceof Error ? error.name : 'unknown';
    span.setStatus({ code: SpanStatusCode.ERROR, message });
    throw error;
  } finally {
    span.end();
  }
}

const from = (traceparent: string) => propagation.extract(context.active(), { traceparent });
