import { parseArgs } from 'node:util';

/** What `--help` prints. */
export const HELP = `Imitates WeChat for development and tests.

  --port <port>            listens there instead of SANDBOX_PORT or 8001; 0: any free port
  --host <address>         listens there instead of 127.0.0.1; in a container: 0.0.0.0
  --miniprogram <folder>   shows this mini-program on the phone: the folder of app.json
  --help                   prints this

API_URL is where the phone's requests go: http://127.0.0.1:8000, unless you set it.
`;

/** The options of the command line. */
export interface Options {
  readonly port?: string;
  readonly host?: string;
  readonly miniprogram?: string;
  readonly help?: boolean;
}

/**
 * Reads the command line.
 * @throws {Error} an unknown option, or one without its value
 */
export function readOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const options = { port: text, host: text, miniprogram: text, help: { type: 'boolean' } } as const;
  return parseArgs({ args: [...args], options }).values;
}
