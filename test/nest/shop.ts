import type { INestApplication } from '@nestjs/common';
import { afterAll } from 'vitest';
import { createShop } from '../../examples/nest-shop/src/create-shop.js';
import type { ShopSettings } from '../../examples/nest-shop/src/shop-settings.js';

/** Starts the example shop for the tests of one file, and stops it after them. */
export function useShop() {
  let shop: INestApplication | undefined;
  afterAll(() => shop?.close());
  return {
    /** @returns the address of the shop */
    async start(settings: ShopSettings, port = 0): Promise<string> {
      shop = await createShop(settings);
      shop.useLogger(false);
      await shop.listen(port, '127.0.0.1');
      return shop.getUrl();
    },
    get app(): INestApplication {
      if (!shop) throw new Error('the shop has not started');
      return shop;
    },
  };
}
