/** The packages that stay outside the bundle, in node_modules: drivers, and files that are served. */
export const EXTERNAL = ['ioredis', 'mysql2', 'pg', 'sqlite3', 'swagger-ui-dist'];
