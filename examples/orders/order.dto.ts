import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsString, Length, Max, Min } from 'class-validator';
import type { Order } from './order.entity.js';

/** Body of `POST /api/orders`. */
export class CreateOrderRequest {
  @ApiProperty({ minLength: 1, maxLength: 64, example: '牛奶' })
  @IsString()
  @Length(1, 64)
  title!: string;

  @ApiProperty({ minimum: 1, maximum: 999, example: 2 })
  @IsInt()
  @Min(1)
  @Max(999)
  quantity!: number;
}

/** One order on the wire. */
export class OrderResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: '牛奶' })
  title!: string;

  @ApiProperty({ example: 2 })
  quantity!: number;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  static of({ id, title, quantity, createdAt }: Order): OrderResponse {
    return { id, title, quantity, created_at: new Date(createdAt).toISOString() };
  }
}

/** Answer of `GET /api/orders`. */
export class OrderListResponse {
  @ApiProperty({ type: [OrderResponse], description: 'The newest first, at most 100' })
  items!: OrderResponse[];
}
