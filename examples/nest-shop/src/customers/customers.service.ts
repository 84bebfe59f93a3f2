import { Injectable } from '@nestjs/common';

/** A user of weapp-passport, as the shop knows them. */
export interface Customer {
  readonly state: 'active' | 'disabled' | 'deleted' | 'merged';
  /** The time of the event that set the state, ISO 8601. */
  readonly changedAt: string;
  /** When a disabled user is active again, ISO 8601: no event reports that. */
  readonly until?: string | null | undefined;
}

/** The customers, in memory: a real shop has a table, with the user id as its key. */
@Injectable()
export class CustomersService {
  private readonly customers = new Map<string, Customer>();

  /** Undefined until the webhook of a new user arrives. */
  find(userId: string): Customer | undefined {
    const customer = this.customers.get(userId);
    const isOver = customer?.until ? Date.parse(customer.until) <= Date.now() : false;
    return customer && isOver ? { ...customer, state: 'active' } : customer;
  }

  /** Sets the state that an event reports. Events may come twice, and an older one after a newer one. */
  change(userId: string, customer: Customer): void {
    const known = this.customers.get(userId);
    if (known && known.changedAt > customer.changedAt) return;
    this.customers.set(userId, customer);
  }
}
