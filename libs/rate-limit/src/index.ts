export { AddressTrackerService } from './address-tracker.service.js';
export { AppLimitsService } from './app-limits.service.js';
export { FailureLimitsService } from './failure-limits.service.js';
export { RateLimit } from './rate-limit.decorator.js';
export { RateLimitModule } from './rate-limit.module.js';
export type { RateLimitTracker } from './rate-limit-options.js';
