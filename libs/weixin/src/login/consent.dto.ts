import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { CONSENT_KIND, CONSENT_VERSION } from '@app/config';

/** A consent that the user gives. */
export class ConsentRequest {
  @ApiProperty({
    description: 'What the user agrees to: lower-case letters, digits, `_` and `-`.',
    example: 'privacy',
    maxLength: 32,
  })
  @Matches(CONSENT_KIND)
  kind!: string;

  @ApiProperty({
    description: 'The version of its text: letters, digits, `.`, `_` and `-`.',
    example: '3',
    maxLength: 31,
  })
  @Matches(CONSENT_VERSION)
  version!: string;
}
