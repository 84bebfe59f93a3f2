import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span in the JSON form of OTLP/HTTP. */
export interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  status: { code: number };
  attributes: { key: string; value: Record<string, unknown> }[];
}

interface Payload {
  resourceSpans: { resource: { attributes: Span['attributes'] }; scopeSpans: { spans: Span[] }[] }[];
}

/** An OTLP/HTTP collector on a real socket: stores what OpenTelemetry exports. */
export class Collector {
  /** Every received body. */
  received = '';
  readonly paths = new Set<string | undefined>();
  readonly spans: Span[] = [];
  readonly services = new Set<unknown>();
  private readonly server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      this.paths.add(request.url);
      this.received += body;
      this.store(JSON.parse(body) as Payload);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });

  /** Starts a collector on a free port. */
  static async listen(): Promise<Collector> {
    const collector = new Collector();
    await new Promise<void>((resolve) => collector.server.listen(0, '127.0.0.1', resolve));
    return collector;
  }

  /** The value for `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private store({ resourceSpans }: Payload): void {
    for (const { resource, scopeSpans } of resourceSpans) {
      this.services.add(resource.attributes.find(({ key }) => key === 'service.name')?.value['stringValue']);
      for (const { spans } of scopeSpans) this.spans.push(...spans);
    }
  }
}
