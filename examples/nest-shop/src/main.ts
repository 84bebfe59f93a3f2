import { createShop } from './create-shop.js';
import { ShopSettings } from './shop-settings.js';

const shop = await createShop(ShopSettings.from(process.env));
await shop.listen(process.env['PORT'] ?? 3000);
