/**
 * What each part of the repository may import of ours, read by eslint.config.js and test/architecture.spec.ts.
 * Imports run one way: a lib imports libs of earlier layers only, through `@app/<lib>`.
 */
const LAYERS = [
  ['common', 'config', 'problem'],
  ['crypto'],
  ['database', 'redis'],
  ['personal-data'],
  ['outbox'],
  ['audit'],
  ['rate-limit', 'users', 'weixin-api'],
  ['auth'],
  ['deletion'],
  ['user-data', 'weixin'],
  ['account', 'doctor'],
  ['admin'],
  ['webhooks'],
];

const libs = LAYERS.flatMap((layer, index) =>
  layer.map((lib) => /** @type {const} */ ([`libs/${lib}`, LAYERS.slice(0, index).flat()])),
);

/** @type {Readonly<Record<string, readonly string[]>>} From a folder to the names of the libs it may import. */
export const MAY_IMPORT = {
  ...Object.fromEntries(libs),
  'apps/api': [...LAYERS.flat(), 'features'],
  // The commands of an operator run inside the service's own modules.
  'apps/cli': [...LAYERS.flat(), 'api', 'features'],
  // Of `problem` only the table, see its tsconfig.json.
  'apps/console': ['problem'],
  'apps/sandbox': [],
  // An application of its own, in another process.
  'examples/nest-shop': [],
  'examples/orders': LAYERS.flat(),
  // What a team adds to its copy of the repository.
  features: LAYERS.flat(),
  'packages/client': [],
  'packages/nest': [],
  // Filled by the build.
  'packages/passport': [],
  'packages/sandbox': [],
  miniprogram: [],
};
