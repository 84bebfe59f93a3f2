import { ApiProperty } from '@nestjs/swagger';

/** Answer of `POST /api/me/export`. */
export class ExportResponse {
  @ApiProperty({ description: 'Id of the user in this service.', format: 'uuid' })
  user_id!: string;

  @ApiProperty({ format: 'date-time' })
  exported_at!: string;

  @ApiProperty({
    description:
      'Everything stored of the user: rows by the name of their table, without session_key, hashes and keys. A table without a row is left out.',
    type: 'object',
    additionalProperties: { type: 'array', items: { type: 'object' } },
    example: { users: [{ id: '019a0000-0000-7000-8000-000000000000', nickname: '小明' }] },
  })
  tables!: Record<string, object[]>;
}
