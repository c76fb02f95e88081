import { createServer } from 'node:http';

export interface SeenSpan {
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly seconds: number;
}

interface Export {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly {
      readonly spans: readonly {
        readonly traceId: string;
        readonly spanId: string;
        readonly parentSpanId?: string;
        readonly name: string;
        readonly startTimeUnixNano: string;
        readonly endTimeUnixNano: string;
      }[];
    }[];
  }[];
}

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string };
}

/** An OpenTelemetry collector as far as OTLP over HTTP with JSON goes. */
export class Collector {
  readonly spans: SeenSpan[] = [];
  readonly bodies: string[] = [];
  url = '';
  private readonly server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const known = request.url === '/v1/traces' && request.headers['content-type'] === 'application/json';
      if (known) this.take(body);
      response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' }).end('{}');
    });
  });

  static async open(): Promise<Collector> {
    const collector = new Collector();
    await new Promise<void>((ready) => void collector.server.listen(0, '127.0.0.1', ready));
    collector.url = `http://127.0.0.1:${(collector.server.address() as { port: number }).port}`;
    return collector;
  }

  /** The span and those above it, from the inside out, as far as they have come in. */
  above(span: SeenSpan): readonly SeenSpan[] {
    const parent = this.spans.find(
      ({ traceId, spanId }) => traceId === span.traceId && spanId === span.parentSpanId,
    );
    return parent ? [span, ...this.above(parent)] : [span];
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((closed) => void this.server.close(() => closed()));
  }

  private take(body: string): void {
    this.bodies.push(body);
    for (const { resource, scopeSpans } of (JSON.parse(body) as Export).resourceSpans) {
      const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '';
      for (const { spans } of scopeSpans) {
        for (const {
          traceId,
          spanId,
          parentSpanId = '',
          name,
          startTimeUnixNano,
          endTimeUnixNano,
        } of spans) {
          const seconds = Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano)) / 1e9;
          this.spans.push({ service, traceId, spanId, parentSpanId, name, seconds });
        }
      }
    }
  }
}
