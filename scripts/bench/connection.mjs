import { DataSource } from 'typeorm';

/**
 * One connection to a database, beside those of the service.
 * @typedef {object} Connection
 * @property {(sql: string) => Promise<any>} query gives the rows, where there are some
 * @property {() => Promise<void>} close
 */

/**
 * @param {string} url as in `DATABASE_URL`
 * @returns {Promise<Connection>}
 * @throws {Error} when the server does not answer, or refuses
 */
export async function connect(url) {
  const dataSource = new DataSource(optionsOf(url));
  await dataSource.initialize();
  const runner = dataSource.createQueryRunner();
  return {
    query: (sql) => runner.query(sql),
    close: async () => {
      await runner.release();
      await dataSource.destroy();
    },
  };
}

/**
 * @param {string} url
 * @returns {import('typeorm').DataSourceOptions}
 */
function optionsOf(url) {
  if (url.startsWith('sqlite:')) return { type: 'sqlite', database: url.slice('sqlite:'.length) };
  if (url.startsWith('postgres')) return { type: 'postgres', url };
  return { type: 'mysql', connectorPackage: 'mysql2', url };
}
