import { Logger } from '@nestjs/common';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';
import { OutageLog } from '@app/common';

type Export = SpanExporter['export'];

/** Sends spans. Logs once when the collector does not accept them, and once when it accepts them again. */
export class ReportingExporter implements SpanExporter {
  private readonly outage = new OutageLog(new Logger('traces'), {
    failing: 'traces do not arrive at OTEL_EXPORTER_OTLP_ENDPOINT',
    recovered: 'traces arrive again',
  });

  constructor(private readonly inner: SpanExporter) {}

  export(spans: ReadableSpan[], done: Parameters<Export>[1]): void {
    this.inner.export(spans, (result) => {
      // 0 is success. The enum of result codes is in another package.
      if ((result.code as number) === 0) this.outage.succeeded();
      else this.outage.failed(result.error?.message ?? 'no reason given');
      done(result);
    });
  }

  shutdown(): Promise<void> {
    return this.inner.shutdown();
  }
}
