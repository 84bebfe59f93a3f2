import { basename } from 'node:path';

/** The names of the backups of a database. They sort by time, which is in UTC: a local time occurs twice in autumn. */
export class BackupNames {
  private readonly stem: string;

  /** @param database the path of the SQLite file */
  constructor(database: string) {
    this.stem = basename(database).replace(/\.(sqlite3?|db)$/, '');
  }

  /** Returns the name of a backup: `weapp-passport-2026-01-31T023000Z.sqlite`. */
  at(time: Date): string {
    const [text = ''] = time.toISOString().split('.');
    return `${this.stem}-${text.replaceAll(':', '')}Z.sqlite`;
  }

  /** Returns the name of the unfinished file of a backup. It is hidden, and no backup to a script that looks for `*.sqlite`. */
  unfinished(name: string): string {
    return `.${name}.unfinished`;
  }

  /** Returns whether a name is one of {@link at}. */
  isBackup(name: string): boolean {
    const time = name.startsWith(`${this.stem}-`) ? name.slice(this.stem.length + 1) : '';
    return /^\d{4}-\d\d-\d\dT\d{6}Z\.sqlite$/.test(time);
  }

  /** Returns whether a name is one of {@link unfinished}. */
  isUnfinished(name: string): boolean {
    return (
      name.startsWith('.') &&
      name.endsWith('.unfinished') &&
      this.isBackup(name.slice(1, -'.unfinished'.length))
    );
  }
}
