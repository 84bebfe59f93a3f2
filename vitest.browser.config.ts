import base from './vitest.config.js';

/** The mini-program in Chromium: `npm run test:browser`, after a build. One file after the other, for the sake of time limits. */
export default {
  ...base,
  test: {
    ...base.test,
    include: ['test/browser/*.browser.ts'],
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
};
