import 'reflect-metadata';
import { run } from './context.js';
import { keys } from './keys.command.js';

await run(keys);
