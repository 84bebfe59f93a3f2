import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { Database, insertRow, newId } from '@app/database';
import { lockLiveUser } from '@app/users';
import { Order } from './order.entity.js';

const MAX_LISTED = 100;

/** Stores the orders of users. */
@Injectable()
export class OrdersService {
  constructor(
    @InjectRepository(Order) private readonly repository: Repository<Order>,
    private readonly database: Database,
  ) {}

  /** Returns the newest orders of a user, the newest first, at most 100. */
  list(userId: string): Promise<Order[]> {
    return this.repository.find({ where: { userId }, order: { id: 'DESC' }, take: MAX_LISTED });
  }

  /** @throws {Problem} `token_revoked` if the user was disabled or merged meanwhile */
  async create(userId: string, content: Pick<Order, 'title' | 'quantity'>): Promise<Order> {
    const row: Order = { id: newId(), userId, ...content, createdAt: Date.now() };
    await this.database.write(async (manager) => {
      await lockLiveUser(manager, userId);
      await insertRow(manager, Order, row);
    });
    return row;
  }

  /** @returns false if the user has no order with this id */
  async remove(userId: string, id: string): Promise<boolean> {
    const { affected } = await this.database.write((manager) => manager.delete(Order, { id, userId }));
    return affected === 1;
  }
}
