import 'reflect-metadata';
import { run } from './context.js';
import { users } from './users.command.js';

await run(users);
