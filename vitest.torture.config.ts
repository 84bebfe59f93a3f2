import base from './vitest.config.js';

/** What takes too long for every run: `npm run torture`. */
export default { ...base, test: { ...base.test, include: ['test/torture/*.torture.ts'] } };
