#!/usr/bin/env node
import 'reflect-metadata';
import { run } from './run.js';

// The files that a command makes are for the user of this process only.
process.umask(0o077);

const { stdin, stdout, stderr } = process;
const code = await run(process.argv.slice(2), { env: process.env, stdin, stdout, stderr });
// After all output is written. Open connections to a database would keep the process running.
stdout.write('', () => stderr.write('', () => process.exit(code)));
