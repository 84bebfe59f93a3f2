export { AuditModule } from './audit.module.js';
export { AuthEvent } from './auth-event.entity.js';
export { AuthEvents } from './auth-events.service.js';
export type { ClientInfo } from './client-info.js';
export { Client } from './client.decorator.js';
export { removeOldEvents } from './remove-old-events.js';
