import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROBLEMS } from '../../libs/problem/src/index.js';
import { text, yaml } from '../deploy/files.js';
import { useStack } from '../support/stack.js';

interface Alerts {
  groups: {
    rules: { alert: string; expr: string; labels: { severity: string }; annotations: { summary: string } }[];
  }[];
}
interface Dashboard {
  title: string;
  panels: { id: number; title: string; targets: { expr: string; refId: string }[] }[];
  templating: { list: { query: unknown }[] };
}

const rules = (yaml('monitoring/alerts.yml') as Alerts).groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(text('monitoring/dashboard.json')) as Dashboard;
const runbooks = ['operations.md', 'zh-CN/operations.md'].map((name) =>
  readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8'),
);
const targets = dashboard.panels.flatMap((panel) => panel.targets);
const expressions = [
  ...rules.map(({ expr }) => expr),
  ...targets.map(({ expr }) => expr),
  JSON.stringify(dashboard.templating.list.map(({ query }) => query)),
];
const NAME = /\b(?:weapp_passport|nodejs|process)_\w+/g;

describe('the dashboard and the alert rules', () => {
  const stack = useStack();

  it('use only metrics and labels that /metrics has', async () => {
    await stack.loggedIn();
    const scrape = (await stack.call('/metrics')).text;
    const types = [...scrape.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', type]) => ({
      name,
      type,
    }));
    const known = types.flatMap(({ name, type }) =>
      type === 'histogram' ? ['_bucket', '_count', '_sum'].map((end) => name + end) : [name],
    );
    const used = expressions.flatMap((expr) => expr.match(NAME) ?? []);
    expect(used.length).toBeGreaterThan(30);
    expect([...new Set(used)].filter((name) => !known.includes(name))).toEqual([]);
  });

  it('use every metric of the service', async () => {
    const scrape = (await stack.call('/metrics')).text;
    const ours = [...scrape.matchAll(/^# TYPE (weapp_passport_\w+) /gm)].map(([, name = '']) => name);
    expect(ours.filter((name) => !expressions.some((expr) => expr.includes(name)))).toEqual([]);
  });

  it('name outcomes that exist', () => {
    const outcomes = expressions.flatMap((expr) =>
      [...expr.matchAll(/outcome=~?"([^"]+)"/g)].flatMap(([, words = '']) => words.split('|')),
    );
    const known = [...Object.keys(PROBLEMS), 'success', 'weixin_.*', 'dead'];
    expect(outcomes.filter((word) => !known.includes(word))).toEqual([]);
  });

  it('balance their brackets', () => {
    for (const expr of expressions) {
      for (const [open, close] of ['()', '{}', '[]'].map((pair) => pair.split('')))
        expect(expr.split(open ?? '').length, expr).toBe(expr.split(close ?? '').length);
    }
  });

  it('have panels and rules with unique names', () => {
    for (const list of [dashboard.panels.map(({ id }) => String(id)), rules.map(({ alert }) => alert)])
      expect(new Set(list).size).toBe(list.length);
    for (const { labels, annotations } of rules) {
      expect(['page', 'ticket']).toContain(labels.severity);
      expect(annotations.summary).not.toBe('');
    }
  });

  it.each(rules.map(({ alert }) => alert))(
    'docs/operations.md describes the response to %s, in both languages',
    (alert) => {
      for (const runbook of runbooks) expect(runbook).toContain(`\n### ${alert}\n`);
    },
  );
});
