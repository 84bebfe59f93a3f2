import { type CanActivate, type ExecutionContext, ForbiddenException, Injectable } from '@nestjs/common';
import type { PassportUser } from '@weapp-passport/nest';
import { CustomersService } from './customers.service.js';

/** Refuses the access tokens that a disabled or deleted user still has. Webhooks say who that is. */
@Injectable()
export class CustomerGuard implements CanActivate {
  constructor(private readonly customers: CustomersService) {}

  canActivate(context: ExecutionContext): boolean {
    const { user } = context.switchToHttp().getRequest<{ user?: PassportUser }>();
    const customer = user && this.customers.find(user.userId);
    if (customer && customer.state !== 'active') throw new ForbiddenException(`customer_${customer.state}`);
    return true;
  }
}
