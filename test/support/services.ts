import { rows } from './rows.js';

const SERVERS = {
  TEST_POSTGRES_URL: 'postgres://postgres@127.0.0.1:5432/test',
  TEST_MYSQL_URL: 'mysql://root@127.0.0.1:3306/test',
};

/** Before the stories on servers: says which one is missing, instead of failing every story for want of it. */
export async function setup(): Promise<void> {
  for (const [name, usual] of Object.entries(SERVERS)) {
    const url = process.env[name] ?? usual;
    await rows(url, 'SELECT 1').catch((error: unknown) => {
      throw new Error(`${name}: the server does not answer: ${(error as Error).message}`);
    });
  }
}
