import { BadRequestException, Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CurrentUser, Introspect, type PassportUser } from '@weapp-passport/nest';
import { IdentitiesService } from '../passport/identities.service.js';
import { type Order, ShopOrdersService } from './shop-orders.service.js';

/** The user's own orders. */
@Controller('orders')
export class ShopOrdersController {
  constructor(
    private readonly orders: ShopOrdersService,
    private readonly identities: IdentitiesService,
  ) {}

  @Get()
  list(@CurrentUser() { userId }: PassportUser) {
    return { items: this.orders.list(userId).map(shown) };
  }

  @Post()
  create(@CurrentUser() { userId }: PassportUser, @Body() { title, total }: Partial<Order>) {
    if (typeof title !== 'string' || !Number.isSafeInteger(total) || Number(total) < 1)
      throw new BadRequestException('title must be a text, total a number of fen');
    return shown(this.orders.create(userId, title, Number(total)));
  }

  /** Money moves: so the service is asked whether the token is still valid. */
  @Introspect()
  @Post(':id/pay')
  async pay(@CurrentUser() { userId, appid }: PassportUser, @Param('id') id: string) {
    const order = this.orders.get(userId, id);
    // The body of WeChat Pay's JSAPI order. Signing it with the merchant's key and sending it is not part of this example.
    order.payment = {
      appid,
      description: order.title,
      out_trade_no: order.id.replaceAll('-', ''),
      amount: { total: order.total, currency: 'CNY' },
      payer: { openid: await this.identities.openidOf(userId, appid) },
    };
    return shown(order);
  }
}

/** The openid stays on the server. */
const shown = ({ id, title, total, payment }: Order) => ({
  id,
  title,
  total,
  is_paying: payment !== undefined,
});
