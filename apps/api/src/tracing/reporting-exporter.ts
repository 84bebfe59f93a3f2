import { Logger } from '@nestjs/common';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';

type Export = SpanExporter['export'];

/** Sends spans, and says once when they do not arrive and once when they do again. */
export class ReportingExporter implements SpanExporter {
  private readonly logger = new Logger('traces');
  private failing = false;

  constructor(private readonly inner: SpanExporter) {}

  export(spans: ReadableSpan[], done: Parameters<Export>[1]): void {
    this.inner.export(spans, (result) => {
      // The enum of result codes is in a package of its own; 0 is success.
      const failed = (result.code as number) !== 0;
      if (failed && !this.failing)
        this.logger.warn(
          `traces do not arrive at OTEL_EXPORTER_OTLP_ENDPOINT: ${result.error?.message ?? ''}`,
        );
      if (!failed && this.failing) this.logger.log('traces arrive again');
      this.failing = failed;
      done(result);
    });
  }

  shutdown(): Promise<void> {
    return this.inner.shutdown();
  }
}
