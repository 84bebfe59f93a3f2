import { ApiProperty } from '@nestjs/swagger';

/** What a check has found. */
export class FindingResponse {
  @ApiProperty({ description: 'Of docs/errors.md', example: 'push_unreachable', type: String })
  code!: string | undefined;

  @ApiProperty({ description: 'Whether it is a hint and no problem' })
  is_hint!: boolean;

  @ApiProperty()
  title!: string;

  @ApiProperty({ description: 'An app, a variable, an address or a number', type: String, nullable: true })
  about!: string | null;

  @ApiProperty()
  cause!: string;

  @ApiProperty()
  fix!: string;
}

/** The result of one check. */
export class CheckResponse {
  @ApiProperty({ example: 'weixin_apps' })
  name!: string;

  @ApiProperty()
  title!: string;

  @ApiProperty({
    description: '`unchecked`: what the check needs is missing. `unused`: not used in this installation',
    enum: ['ok', 'problem', 'hint', 'unchecked', 'unused'],
  })
  state!: 'ok' | 'problem' | 'hint' | 'unchecked' | 'unused';

  @ApiProperty({ type: [FindingResponse] })
  findings!: FindingResponse[];
}

/** Answer of `POST /api/admin/doctor`. */
export class DoctorResponse {
  @ApiProperty({ description: 'How many findings are problems and not hints' })
  problems!: number;

  @ApiProperty({ type: [CheckResponse] })
  checks!: CheckResponse[];
}
