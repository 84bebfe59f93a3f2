import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsUUID, ValidateIf } from 'class-validator';
import { ListQuery } from '@app/admin';
import { OUTBOX_MESSAGE_STATES, type OutboxMessage, type OutboxMessageState } from '@app/outbox';

const iso = (epochMs: number | null) => (epochMs === null ? null : new Date(epochMs).toISOString());

const IfGiven = () => ValidateIf((_, value) => value !== undefined);

/** Query of `GET /api/admin/webhooks/{id}/deliveries`. */
export class WebhookDeliveriesQuery extends ListQuery {
  @ApiPropertyOptional({ enum: OUTBOX_MESSAGE_STATES })
  @IfGiven()
  @IsIn(OUTBOX_MESSAGE_STATES)
  state?: OutboxMessageState;

  @ApiPropertyOptional({ description: '`next_cursor` of the page before', format: 'uuid' })
  @IfGiven()
  @IsUUID()
  cursor?: string;
}

/** Body of `POST /api/admin/webhooks/{id}/replay`. */
export class ReplayWebhookRequest {
  @ApiPropertyOptional({
    description: 'One delivery, dead or delivered. Default: all that are dead',
    format: 'uuid',
  })
  @IfGiven()
  @IsUUID()
  delivery_id?: string;
}

/** Answer of `POST /api/admin/webhooks/{id}/replay`. */
export class ReplayWebhookResponse {
  @ApiProperty({ description: 'Deliveries that are pending again' })
  replayed!: number;
}

/** A message for one webhook. */
export class WebhookDeliveryResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: '`webhook-id` in each attempt', format: 'uuid' })
  event_id!: string;

  @ApiProperty({ example: 'user.created' })
  event!: string;

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  user_id!: string | null;

  @ApiProperty({ enum: OUTBOX_MESSAGE_STATES })
  state!: OutboxMessageState;

  @ApiProperty({ description: 'Since its creation or the last replay' })
  attempts!: number;

  @ApiProperty({
    description: 'Status of the last answer, or why there is none',
    nullable: true,
    type: String,
  })
  last_result!: string | null;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  @ApiProperty({ format: 'date-time', nullable: true, type: String })
  next_attempt_at!: string | null;

  @ApiProperty({
    description: 'When it was delivered or became dead',
    format: 'date-time',
    nullable: true,
    type: String,
  })
  ended_at!: string | null;

  static of(message: OutboxMessage): WebhookDeliveryResponse {
    return {
      id: message.id,
      event_id: message.eventId,
      event: message.kind,
      user_id: message.userId,
      state: message.state,
      attempts: message.attempts,
      last_result: message.lastResult,
      created_at: new Date(message.createdAt).toISOString(),
      next_attempt_at: iso(message.nextAttemptAt),
      ended_at: iso(message.endedAt),
    };
  }
}

/** Answer of `GET /api/admin/webhooks/{id}/deliveries`. */
export class WebhookDeliveryListResponse {
  @ApiProperty({ type: [WebhookDeliveryResponse], description: 'The newest first' })
  items!: WebhookDeliveryResponse[];

  @ApiPropertyOptional({ format: 'uuid' })
  next_cursor?: string;
}
