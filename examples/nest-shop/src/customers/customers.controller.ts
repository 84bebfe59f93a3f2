import { Controller, Get } from '@nestjs/common';
import { CurrentUser, type PassportUser } from '@weapp-passport/nest';
import { CustomersService } from './customers.service.js';

@Controller('customers')
export class CustomersController {
  constructor(private readonly customers: CustomersService) {}

  @Get('me')
  me(@CurrentUser() { userId, appid }: PassportUser) {
    const state = this.customers.find(userId)?.state ?? 'new';
    return { user_id: userId, appid, state };
  }
}
