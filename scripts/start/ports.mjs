import { createServer } from 'node:net';

/**
 * Returns free ports for the service, its admin listener and the sandbox; 0 becomes a free one. An invalid value is returned unchanged: the
 * program that reads it reports the error.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ PORT: string, ADMIN_PORT: string, SANDBOX_PORT: string }>}
 * @throws {PortTakenError}
 */
export async function findPorts(env) {
  return {
    PORT: await portOf('PORT', env.PORT || '8000', env.HOST || '127.0.0.1'),
    ADMIN_PORT: await portOf('ADMIN_PORT', adminPort(env), env.ADMIN_HOST || '127.0.0.1'),
    SANDBOX_PORT: await portOf('SANDBOX_PORT', env.SANDBOX_PORT || '8001', '127.0.0.1'),
  };
}

/**
 * Returns the default of the service if none is set: empty if the listener is off.
 * @param {NodeJS.ProcessEnv} env
 */
function adminPort({ ADMIN_PORT, NODE_ENV, PORT }) {
  if (ADMIN_PORT || (NODE_ENV && NODE_ENV !== 'development')) return ADMIN_PORT ?? '';
  return PORT === '0' ? '0' : '9002';
}

/** Another process listens on a port. */
export class PortTakenError extends Error {
  /**
   * @param {string} variable
   * @param {string} port
   */
  constructor(variable, port) {
    super(`${variable} ${port} is taken`);
    this.variable = variable;
    this.port = port;
  }
}

/**
 * @param {string} variable
 * @param {string} port
 * @param {string} host
 * @returns {Promise<string>}
 */
function portOf(variable, port, host) {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) return Promise.resolve(port);
  return new Promise((resolve, reject) => {
    const server = createServer()
      .on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
        if (error.code === 'EADDRINUSE') reject(new PortTakenError(variable, port));
        // For example a HOST of another machine: the service reports it.
        else resolve(port);
      })
      .listen(Number(port), host, () => {
        const { port: found } = /** @type {import('node:net').AddressInfo} */ (server.address());
        server.close(() => resolve(String(found)));
      });
  });
}
