export { errorCode } from './error-code.js';
export { exitWithError } from './exit-with-error.js';
export { maskIp } from './mask-ip.js';
export { oneLine } from './one-line.js';
export { OutageLog } from './outage-log.js';
export { parseJson } from './parse-json.js';
export { sourceStack } from './source-stack.js';
export { withTimeout } from './with-timeout.js';
export type { Language, Words } from './words.js';
