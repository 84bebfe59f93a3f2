/** @typedef {{ scenario: string } & Record<string, unknown>} Line */

/**
 * The greatest value of each figure that is still good, on one core of a small server. They are claimed
 * of SQLite with one instance and nobody seeded; elsewhere they are there to compare with.
 * @type {Record<string, Record<string, number>>}
 */
const GOALS = {
  start: { ms_to_listening: 1500, rss_idle_mb: 160 },
  'login-new': { cpu_us_per_request: 300 },
  'login-returning': { cpu_us_per_request: 300 },
  'guarded-get-first': { cpu_us_per_request: 160 },
  'guarded-get-warm': { cpu_us_per_request: 90 },
  refresh: { cpu_us_per_request: 180 },
  'login-burst': { p99_ms: 120 },
};

/**
 * The line with a member `goals`: each goal in words and whether it holds; null where the figure is not known.
 * @param {Line} line
 * @returns {Line}
 */
export function withGoals(line) {
  const goals = Object.entries(GOALS[line.scenario] ?? {}).map(([name, greatest]) => {
    const figure = line[name];
    return [`${name} <= ${greatest}`, typeof figure === 'number' ? figure <= greatest : null];
  });
  return { ...line, goals: Object.fromEntries(goals) };
}
