import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsString,
  Length,
  ValidateIf,
} from 'class-validator';
import { OUTBOX_EVENT_KINDS, type OutboxEventKind, type WebhookEndpoint } from '@app/outbox';

const iso = (epochMs: number | null) => (epochMs === null ? null : new Date(epochMs).toISOString());

const IfGiven = () => ValidateIf((_, value) => value !== undefined);

/** Body of `POST /api/admin/webhooks`. */
export class CreateWebhookRequest {
  @ApiProperty({ description: 'https, unless `WEBHOOK_ALLOWED_HOSTS` has the host', maxLength: 512 })
  @IsString()
  @Length(1, 512)
  url!: string;

  @ApiProperty({ enum: OUTBOX_EVENT_KINDS, isArray: true })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(OUTBOX_EVENT_KINDS.length)
  @IsIn(OUTBOX_EVENT_KINDS, { each: true })
  events!: OutboxEventKind[];
}

/** Body of `POST /api/admin/webhooks/{id}/rotate`. */
export class RotateWebhookRequest {
  @ApiPropertyOptional({
    description: 'The secret before signs no longer: for a secret that has leaked',
    default: false,
  })
  @IfGiven()
  @IsBoolean()
  compromised?: boolean;
}

/** A webhook, without its secret. */
export class WebhookResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  url!: string;

  @ApiProperty({ enum: OUTBOX_EVENT_KINDS, isArray: true })
  events!: string[];

  @ApiProperty({ description: 'Secrets that sign: 2 between a rotation and the next one' })
  live_secrets!: number;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  @ApiProperty({ format: 'date-time', nullable: true, type: String })
  rotated_at!: string | null;

  static of(endpoint: WebhookEndpoint): WebhookResponse {
    return {
      id: endpoint.id,
      url: endpoint.url,
      events: endpoint.events.split(' '),
      live_secrets: endpoint.previousSecret === null ? 1 : 2,
      created_at: new Date(endpoint.createdAt).toISOString(),
      rotated_at: iso(endpoint.rotatedAt),
    };
  }
}

/** Answer of `GET /api/admin/webhooks`. */
export class WebhookListResponse {
  @ApiProperty({ type: [WebhookResponse], description: 'The oldest first' })
  items!: WebhookResponse[];
}

/** Answer of `POST /api/admin/webhooks` and of a rotation. */
export class WebhookSecretResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'Shown only now', example: 'whsec_…' })
  secret!: string;
}

/** Answer of `POST /api/admin/webhooks/{id}/test`. */
export class WebhookTestResponse {
  @ApiProperty({ description: 'Whether the receiver answered with a status 2xx' })
  delivered!: boolean;

  @ApiProperty({ description: 'The status of the answer, or why there is none', example: '204' })
  result!: string;
}
