import type { TracingChannel } from 'node:diagnostics_channel';
import {
  type Attributes,
  type Context,
  type Span,
  SpanStatusCode,
  type SpanKind,
  type Tracer,
} from '@opentelemetry/api';
import { problemOf } from '@app/problem';

/** The properties of the spans of a channel. */
export interface SpanForm<Observed> {
  readonly name: (observed: Observed) => string;
  readonly kind: SpanKind;
  /** Called at the end of the operation. Must not return secrets or personal data. */
  readonly attributes: (observed: Observed) => Attributes;
}

/**
 * Creates a span for each operation of a channel, as a child of the span of its request.
 * @returns a function that ends the subscription
 */
export function operationSpans<Observed extends object>(
  channel: TracingChannel<unknown, Observed>,
  tracer: Tracer,
  parent: () => Context,
  { name, kind, attributes }: SpanForm<Observed>,
): () => void {
  const spans = new WeakMap<object, Span>();
  const nothing = () => undefined;
  const subscribers = {
    start: (observed: Observed) => {
      spans.set(observed, tracer.startSpan(name(observed), { kind }, parent()));
    },
    end: nothing,
    asyncStart: nothing,
    error: nothing,
    asyncEnd: (observed: Observed & { error?: unknown }) => {
      const span = spans.get(observed);
      if (!span) return;
      span.setAttributes(attributes(observed));
      if (observed.error !== undefined) {
        // The code instead of the message, because a driver's message may contain the data of the write.
        span.setAttribute('error.type', problemOf(observed.error).code);
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
    },
  };
  channel.subscribe(subscribers);
  return () => {
    channel.unsubscribe(subscribers);
  };
}
