import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { ACCESS_TOKEN_PROBLEMS, CurrentUser, type Principal } from '@app/auth';
import { PathId } from '@app/database';
import { ApiProblems, BODY_PROBLEMS, Problem } from '@app/problem';
import { CreateOrderRequest, OrderListResponse, OrderResponse } from './order.dto.js';
import { OrdersService } from './orders.service.js';

/** The user's own orders. Every route needs an access token, because none is `@Public()`. */
@ApiTags('orders')
@ApiBearerAuth()
@Controller('api/orders')
export class OrdersController {
  constructor(private readonly service: OrdersService) {}

  @Get()
  @ApiOperation({ summary: 'List your own orders' })
  @ApiOkResponse({ type: OrderListResponse })
  @ApiProblems(...ACCESS_TOKEN_PROBLEMS)
  async list(@CurrentUser() user: Principal): Promise<OrderListResponse> {
    const rows = await this.service.list(user.userId);
    return { items: rows.map((row) => OrderResponse.of(row)) };
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Create one of your own orders' })
  @ApiOkResponse({ type: OrderResponse })
  @ApiProblems(...ACCESS_TOKEN_PROBLEMS, ...BODY_PROBLEMS)
  async create(@CurrentUser() user: Principal, @Body() body: CreateOrderRequest): Promise<OrderResponse> {
    return OrderResponse.of(await this.service.create(user.userId, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete one of your own orders' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiNoContentResponse()
  @ApiProblems(...ACCESS_TOKEN_PROBLEMS, 'not_found')
  async remove(@CurrentUser() user: Principal, @PathId('not_found') id: string): Promise<void> {
    if (!(await this.service.remove(user.userId, id))) throw new Problem('not_found');
  }
}
