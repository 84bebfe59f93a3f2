import sqlite3 from 'sqlite3';

/** A user of a Django project, with what its tables hold by default. */
export interface DjangoUser {
  username: string;
  /** As it stands in the column; undefined: the user has no profile. */
  items?: string | null;
  isStaff?: boolean;
  isActive?: boolean;
}

/** Makes the tables as Django's migrations make them, with these users. */
export async function makeDjangoFile(
  file: string,
  users: DjangoUser[],
  profile = 'weixin_profile',
): Promise<void> {
  const database = new sqlite3.Database(file);
  const run = (sql: string, parameters: unknown[] = []) =>
    new Promise<void>((resolve, reject) => {
      database.run(sql, parameters, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  await run(`CREATE TABLE auth_user (id integer NOT NULL PRIMARY KEY AUTOINCREMENT, password varchar(128) NOT NULL,
    last_login datetime NULL, is_superuser bool NOT NULL, username varchar(150) NOT NULL UNIQUE, last_name varchar(150) NOT NULL,
    email varchar(254) NOT NULL, is_staff bool NOT NULL, is_active bool NOT NULL, date_joined datetime NOT NULL,
    first_name varchar(150) NOT NULL)`);
  await run(`CREATE TABLE ${profile} (id integer NOT NULL PRIMARY KEY AUTOINCREMENT, items text NULL,
    user_id integer NOT NULL UNIQUE REFERENCES auth_user (id) DEFERRABLE INITIALLY DEFERRED)`);
  await run('BEGIN');
  for (const [index, { username, items, isStaff = false, isActive = true }] of users.entries()) {
    const row = [index + 1, isStaff, username, isStaff, isActive];
    await run(
      `INSERT INTO auth_user VALUES (?, 'pbkdf2_sha256$canary', NULL, ?, ?, '', '', ?, ?, '2023-04-05 06:07:08.123456', '')`,
      row,
    );
    if (items !== undefined)
      await run(`INSERT INTO ${profile} (items, user_id) VALUES (?, ?)`, [items, index + 1]);
  }
  await run('COMMIT');
  await new Promise((resolve) => {
    database.close(resolve);
  });
}
