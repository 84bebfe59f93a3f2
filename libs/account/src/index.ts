export { AccountModule } from './account.module.js';
export { ExportsService } from './export/exports.service.js';
