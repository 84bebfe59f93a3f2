export { exitWithError } from './exit-with-error.js';
export { maskIp } from './mask-ip.js';
export { oneLine } from './one-line.js';
export { OutageLog } from './outage-log.js';
export { withTimeout } from './with-timeout.js';
