import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessTokenGuard, PassportModule } from '@weapp-passport/nest';
import { CustomersController } from './customers/customers.controller.js';
import { CustomersService } from './customers/customers.service.js';
import { CustomerGuard } from './customers/customer.guard.js';
import { ShopOrdersController } from './orders/shop-orders.controller.js';
import { ShopOrdersService } from './orders/shop-orders.service.js';
import { IdentitiesService } from './passport/identities.service.js';
import { ServiceTokenService } from './passport/service-token.service.js';
import { WebhooksController } from './passport/webhooks.controller.js';
import { ShopSettings } from './shop-settings.js';

@Module({
  controllers: [CustomersController, ShopOrdersController, WebhooksController],
  providers: [
    CustomersService,
    ShopOrdersService,
    IdentitiesService,
    ServiceTokenService,
    // In this order: who it is, then whether the shop serves this customer.
    { provide: APP_GUARD, useClass: AccessTokenGuard },
    { provide: APP_GUARD, useClass: CustomerGuard },
  ],
})
export class ShopModule {
  static with(settings: ShopSettings): DynamicModule {
    const { issuer, audience, adminUrl, clientId, clientSecret } = settings;
    const introspection = { url: `${adminUrl}/oauth/introspect`, clientId, clientSecret, cacheSeconds: 1 };
    return {
      module: ShopModule,
      imports: [PassportModule.forRoot({ issuer, audience, introspection })],
      providers: [{ provide: ShopSettings, useValue: settings }],
    };
  }
}
