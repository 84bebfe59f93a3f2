import { randomUUID } from 'node:crypto';
import { Injectable, NotFoundException } from '@nestjs/common';

export interface Order {
  readonly id: string;
  readonly userId: string;
  readonly title: string;
  /** In fen. */
  readonly total: number;
  /** What the shop asks WeChat Pay for. */
  payment?: object;
}

/** The orders, in memory. */
@Injectable()
export class ShopOrdersService {
  private readonly orders = new Map<string, Order>();

  create(userId: string, title: string, total: number): Order {
    const order = { id: randomUUID(), userId, title, total };
    this.orders.set(order.id, order);
    return order;
  }

  list(userId: string): Order[] {
    return [...this.orders.values()].filter((order) => order.userId === userId);
  }

  /** @throws {NotFoundException} also for the order of another user */
  get(userId: string, id: string): Order {
    const order = this.orders.get(id);
    if (order?.userId !== userId) throw new NotFoundException();
    return order;
  }

  /** Gives the orders of a merged user to the user who remains. */
  move(fromUserId: string, toUserId: string): void {
    for (const order of this.list(fromUserId)) this.orders.set(order.id, { ...order, userId: toUserId });
  }

  /** Removes the orders of a deleted user. */
  erase(userId: string): void {
    for (const { id } of this.list(userId)) this.orders.delete(id);
  }
}
