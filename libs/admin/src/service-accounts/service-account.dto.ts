import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Matches,
} from 'class-validator';
import { type Scope, SCOPES } from './scope.js';
import type { ServiceAccount } from './service-account.entity.js';
import type { ClientCredentials } from './service-accounts.service.js';

/** Only the command line grants `weixin:token`: WeChat's access_token replaces the AppSecret. */
export const GRANTABLE = SCOPES.filter((scope) => scope !== 'weixin:token');
const MAX_APPS = 50;

/** Body of `POST /api/admin/service-accounts`. */
export class CreateServiceAccountRequest {
  @ApiProperty({ example: 'shop', description: '1 to 64 lower-case letters, digits, dots and hyphens' })
  @Matches(/^[a-z0-9][a-z0-9.-]{0,63}$/, {
    message: 'name must have 1 to 64 lower-case letters, digits, dots and hyphens',
  })
  name!: string;

  @ApiProperty({ enum: GRANTABLE, isArray: true, description: 'Introspection needs none' })
  @IsArray()
  @ArrayMaxSize(SCOPES.length)
  @IsIn(GRANTABLE, { each: true })
  scopes!: Scope[];

  @ApiProperty({ type: [String], example: ['wxsandbox000000001'], description: 'What it may ask about' })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MAX_APPS)
  @IsString({ each: true })
  apps!: string[];
}

/** Body of `POST /api/admin/service-accounts/{client_id}/rotate`. */
export class RotateServiceAccountRequest {
  @ApiPropertyOptional({ default: false, description: 'Refuse every secret before within two seconds' })
  @IsOptional()
  @IsBoolean()
  compromised?: boolean;
}

/** New credentials. */
export class ClientCredentialsResponse {
  @ApiProperty({ format: 'uuid' })
  client_id!: string;

  @ApiProperty({ description: 'Shown only now' })
  client_secret!: string;

  static of({ clientId, clientSecret }: ClientCredentials): ClientCredentialsResponse {
    return { client_id: clientId, client_secret: clientSecret };
  }
}

/** A service account, without its secrets. */
export class ServiceAccountResponse {
  @ApiProperty({ format: 'uuid' })
  client_id!: string;

  @ApiProperty({ example: 'shop' })
  name!: string;

  @ApiProperty({ enum: SCOPES, isArray: true })
  scopes!: string[];

  @ApiProperty({ type: [String] })
  apps!: string[];

  @ApiProperty({ type: 'integer', description: '2 while it rotates, 0 once it is revoked' })
  live_secrets!: number;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  @ApiPropertyOptional({ format: 'date-time' })
  rotated_at?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  revoked_at?: string;

  static of(account: ServiceAccount): ServiceAccountResponse {
    const { id, name, scopes, appids, previousSecretHash, createdAt, rotatedAt, revokedAt } = account;
    return {
      client_id: id,
      name,
      scopes: scopes.split(' ').filter(Boolean),
      apps: appids.split(' '),
      live_secrets: revokedAt !== null ? 0 : previousSecretHash === null ? 1 : 2,
      created_at: new Date(createdAt).toISOString(),
      ...(rotatedAt !== null && { rotated_at: new Date(rotatedAt).toISOString() }),
      ...(revokedAt !== null && { revoked_at: new Date(revokedAt).toISOString() }),
    };
  }
}

/** Answer of `GET /api/admin/service-accounts`. */
export class ServiceAccountListResponse {
  @ApiProperty({ type: [ServiceAccountResponse], description: 'The oldest first, revoked ones included' })
  items!: ServiceAccountResponse[];
}
