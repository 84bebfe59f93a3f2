import 'reflect-metadata';
import { run } from './context.js';
import { importFromDjango } from './import-django.command.js';

await run(importFromDjango);
