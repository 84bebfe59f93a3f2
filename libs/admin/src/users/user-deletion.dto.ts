import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';

/** Body of `POST /api/admin/users/{id}/deletion`. */
export class DeleteUserRequest {
  @ApiPropertyOptional({
    description:
      'Erases a disabled user, who cannot log in to cancel, immediately. The person can come back as a new user',
    example: false,
  })
  @IsOptional()
  @IsBoolean()
  forget_ban?: boolean;
}

/** Answer of `POST /api/admin/users/{id}/deletion`. */
export class UserDeletionResponse {
  @ApiProperty({ description: 'When everything stored of the user is erased', format: 'date-time' })
  deletes_at!: string;
}
