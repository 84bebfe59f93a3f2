import { ApiProperty } from '@nestjs/swagger';

/** Answer of `POST /api/me/deletion`. */
export class DeletionResponse {
  @ApiProperty({
    description: 'When the account is erased. Until then it can be cancelled.',
    format: 'date-time',
  })
  deletes_at!: string;
}

/** Answer of `GET /api/me/deletion`. */
export class DeletionStateResponse {
  @ApiProperty({
    description: 'When the account is erased; `null` if no deletion is pending.',
    type: String,
    nullable: true,
    format: 'date-time',
  })
  deletes_at!: string | null;

  @ApiProperty({ description: 'Days between a request and the erasure.', example: 7 })
  cooling_off_days!: number;
}
