import { Logger } from '@nestjs/common';
import { beforeEach, expect, it } from 'vitest';
import { OutageLog } from './outage-log.js';

const TEXTS = { failing: 'it fails', recovered: 'it works again' };
const lines: [level: string, text: string][] = [];
const add =
  (level: string) =>
  ({ msg }: { msg: string }) =>
    lines.push([level, msg]);
const logger = Object.assign(new Logger(), { log: add('log'), warn: add('warn'), error: add('error') });

beforeEach(() => {
  lines.length = 0;
});

it('logs an outage once when it begins and once when it ends', () => {
  const outage = new OutageLog(logger, TEXTS);
  outage.succeeded();
  for (const reason of ['refused', 'refused', 'timeout']) outage.failed(reason);
  expect(outage.isActive).toBe(true);
  outage.succeeded();
  outage.succeeded();
  expect(outage.isActive).toBe(false);
  outage.failed('refused');
  expect(lines).toEqual([
    ['warn', 'it fails: refused'],
    ['log', 'it works again'],
    ['warn', 'it fails: refused'],
  ]);
});

it('logs each reason once if every reason counts', () => {
  const outage = new OutageLog(logger, { ...TEXTS, eachReason: true, level: 'error' });
  for (const reason of ['refused', 'timeout', 'refused']) outage.failed(reason);
  expect(lines).toEqual([
    ['error', 'it fails: refused'],
    ['error', 'it fails: timeout'],
  ]);
});
