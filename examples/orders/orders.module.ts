import { Module } from '@nestjs/common';
import { DatabaseModule } from '@app/database';
import { CreateOrders1795478400000 } from './migrations/1795478400000-create-orders.js';
import { Order } from './order.entity.js';
import { OrderPersonalData } from './order.personal-data.js';
import { OrdersController } from './orders.controller.js';
import { OrdersService } from './orders.service.js';

/** The orders of users: table, routes and personal data. */
@Module({
  imports: [DatabaseModule.forFeature({ entities: [Order], migrations: [CreateOrders1795478400000] })],
  controllers: [OrdersController],
  providers: [OrderPersonalData, OrdersService],
})
export class OrdersModule {}
