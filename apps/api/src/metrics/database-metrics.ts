import { Gauge, Histogram, type Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { type DatabaseClock, DATABASE_WRITE_EVENTS } from '@app/database';
import { poolOf } from './database-pool.js';
import { PREFIX, SECONDS } from './labels.js';
import { type Unsubscribe, watch } from './watch.js';

/** Registers the metrics of writes, of the clock and, on a database server, of the connection pool. */
export function databaseMetrics(
  registry: Registry,
  dataSource: DataSource,
  clock: DatabaseClock,
): Unsubscribe[] {
  const registers = [registry];
  const duration = new Histogram({
    name: `${PREFIX}database_write_duration_seconds`,
    help: 'Time of a write, from the call to its commit',
    labelNames: ['outcome'],
    buckets: SECONDS,
    registers,
  });
  const wait = new Histogram({
    name: `${PREFIX}database_write_wait_seconds`,
    help: 'Time that a write waited in the queue or for a connection',
    buckets: SECONDS,
    registers,
  });
  const pending = new Gauge({
    name: `${PREFIX}database_writes_pending`,
    help: 'Writes queued or running',
    registers,
  });
  poolGauge(registry, dataSource);
  new Gauge({
    name: `${PREFIX}clock_skew_seconds`,
    help: "How far the clock of this machine is ahead of the database's; negative if it is behind",
    registers,
    collect() {
      this.set(clock.skewMs / 1000);
    },
  });
  return [
    watch(
      DATABASE_WRITE_EVENTS,
      ({ waitedMs }, { problem, seconds }) => {
        pending.dec();
        duration.observe({ outcome: problem ?? 'committed' }, seconds);
        wait.observe(waitedMs === undefined ? seconds : waitedMs / 1000);
      },
      () => {
        pending.inc();
      },
    ),
  ];
}

/** Registers the gauge of the pool. It has no value on SQLite, which has no pool. */
function poolGauge(registry: Registry, dataSource: DataSource): void {
  new Gauge({
    name: `${PREFIX}database_connections`,
    help: 'Connections of the pool: used, idle, and callers that wait for one',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const pool = poolOf(dataSource);
      if (pool) for (const state of ['used', 'idle', 'waiting'] as const) this.set({ state }, pool[state]);
    },
  });
}
