export { AppLimits } from './app-limits.service.js';
export { CallerKeys } from './caller-keys.service.js';
export { clientAddress } from './client-address.js';
export { RateLimit } from './rate-limit.decorator.js';
export { throttlerOptions } from './rate-limits.js';
export type { RateWindows, WindowState } from './rate-windows.js';
