export { AddressTracker } from './address-tracker.service.js';
export { AppLimits } from './app-limits.service.js';
export { clientAddress } from './client-address.js';
export { RateLimit } from './rate-limit.decorator.js';
export { RateLimitModule } from './rate-limit.module.js';
export type { RateLimitTracker } from './rate-limits.js';
export type { RateWindows, WindowState } from './rate-windows.js';
