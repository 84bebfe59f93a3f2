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

/** How the operations of a channel look in a trace. */
export interface SpanForm<Observed> {
  readonly name: (observed: Observed) => string;
  readonly kind: SpanKind;
  /** Asked at the end. Nothing secret and nothing that names a person. */
  readonly attributes: (observed: Observed) => Attributes;
}

/**
 * Gives each operation that a channel tells of a span, as part of the request it is done for.
 * @returns what ends it
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
        // The code and not the message: a driver's message may hold what was to be written.
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
