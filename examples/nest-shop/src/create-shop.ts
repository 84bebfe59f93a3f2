import { type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ShopModule } from './shop.module.js';
import type { ShopSettings } from './shop-settings.js';

/** Creates the application. `rawBody`: the signature of a webhook covers its body byte for byte. */
export const createShop = (settings: ShopSettings): Promise<INestApplication> =>
  NestFactory.create(ShopModule.with(settings), { rawBody: true });
