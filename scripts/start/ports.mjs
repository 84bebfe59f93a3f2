import { createServer } from 'node:net';

/**
 * The ports of the service and the sandbox, found free; 0 becomes a free one. A value that is no port stays as it is: the
 * program that reads it says so.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ PORT: string, SANDBOX_PORT: string }>}
 * @throws {PortTakenError}
 */
export async function findPorts(env) {
  return {
    PORT: await portOf('PORT', env.PORT || '8000', env.HOST || '127.0.0.1'),
    SANDBOX_PORT: await portOf('SANDBOX_PORT', env.SANDBOX_PORT || '8001', '127.0.0.1'),
  };
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
        // A HOST that cannot be listened on, for example: the service says so.
        else resolve(port);
      })
      .listen(Number(port), host, () => {
        const { port: found } = /** @type {import('node:net').AddressInfo} */ (server.address());
        server.close(() => resolve(String(found)));
      });
  });
}
