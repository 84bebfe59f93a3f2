import { DataSource } from 'typeorm';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ServerDataSource } from '../../libs/database/src/server/server-data-source.js';
import { databaseKind } from '../support/database.js';
import { type LoginBody, useStack } from '../support/stack.js';

const isPostgres = databaseKind === 'postgres';

describe('on a server, the round trips', () => {
  const stack = useStack();
  let user: LoginBody;

  beforeAll(async () => {
    user = await stack.loggedIn('alice');
    expect((await write()).status).toBe(200);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const write = (ifMatch?: string) =>
    stack.call('/api/weixin/data/', {
      token: user.access,
      json: { items: [] },
      ...(ifMatch && { headers: { 'if-match': ifMatch } }),
    });

  it('of a refresh are one on PostgreSQL, and four on MySQL', async () => {
    const sent = await statementsWith('parent_generation', () =>
      stack.call('/api/token/refresh/', { json: { refresh: user.refresh } }),
    );
    expect(sent).toEqual(isPostgres ? ['UPDATE'] : ['START', 'UPDATE', 'SELECT', 'COMMIT']);
  });

  it('of a write that names the version it replaces are one on PostgreSQL, and five on MySQL', async () => {
    const sent = await statementsWith('user_documents', () => write('"1"'));
    expect(sent).toEqual(isPostgres ? ['UPDATE'] : ['START', 'SELECT', 'SELECT', 'UPDATE', 'COMMIT']);
    for (const other of ['"1"', '"0"', '"999999999999999"', '"3", "4"']) {
      expect((await write(other)).status).toBe(412);
    }
    expect((await write('"1", "2"')).headers.get('etag')).toBe('"3"');
  });

  /** Returns the first words of what is sent, in a call that succeeds, on the connection that also sends `part`. */
  async function statementsWith(part: string, call: () => Promise<{ status: number }>): Promise<string[]> {
    const dataSource = stack.service(DataSource) as ServerDataSource;
    const runnerFor = dataSource.runnerFor.bind(dataSource);
    const queries: { mock: { calls: unknown[][] } }[] = [];
    vi.spyOn(dataSource, 'runnerFor').mockImplementation((ms) => {
      const runner = runnerFor(ms);
      queries.push(vi.spyOn(runner, 'query'));
      return runner;
    });
    expect((await call()).status).toBe(200);
    const connections = queries.map(({ mock }) => mock.calls.map(([sql]) => String(sql)));
    const [found = []] = connections.filter((sent) => sent.some((sql) => sql.includes(part)));
    return found.map((sql) => /^\w+/.exec(sql)?.[0] ?? sql);
  }
});
