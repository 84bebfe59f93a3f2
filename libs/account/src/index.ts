export { AccountModule } from './account.module.js';
export { DjangoDatabase } from './import-django/django-database.js';
export { importDjango, type ImportReport } from './import-django/import-django.js';
