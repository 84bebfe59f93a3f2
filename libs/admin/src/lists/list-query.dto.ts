import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';

const DEFAULT_LIMIT = 20;

/** The query of every list, in addition to its cursor. */
export class ListQuery {
  @ApiPropertyOptional({
    description: 'Items of one page at most',
    type: 'integer',
    minimum: 1,
    maximum: 100,
    default: DEFAULT_LIMIT,
  })
  @IsOptional()
  @Matches(/^([1-9]\d?|100)$/, { message: 'limit must be a number from 1 to 100' })
  limit?: string;
}

/** Returns the number of items of a page. */
export const limitOf = ({ limit }: ListQuery): number => Number(limit ?? DEFAULT_LIMIT);
