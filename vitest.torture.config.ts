import { mergeConfig } from 'vitest/config';
import base from './vitest.config.js';

/** What takes too long for every run: `npm run torture`. */
const config = mergeConfig(base, { test: {} });
config.test = { ...config.test, include: ['test/torture/*.torture.ts'] };

export default config;
