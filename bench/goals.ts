/** One line of the output. */
export type Line = { scenario: string } & Record<string, unknown>;

/** The upper limit of each figure, on SQLite, with one instance and without seeded people. */
const GOALS: Record<string, Record<string, number>> = {
  start: { ms_to_listening: 1500, rss_idle_mb: 130 },
  'login-new': { cpu_us_per_request: 300 },
  'login-returning': { cpu_us_per_request: 300 },
  'guarded-get-first': { cpu_us_per_request: 160 },
  'guarded-get-warm': { cpu_us_per_request: 90 },
  refresh: { cpu_us_per_request: 180 },
  'service-token': { cpu_us_per_request: 300 },
  introspection: { cpu_us_per_request: 200 },
  'admin-users': { p99_ms: 50 },
  'login-burst': { p99_ms: 120 },
  memory: { rss_idle_mb: 130, rss_peak_mb: 220 },
};

/** Adds a member `goals` with each goal and whether it is met; null if the figure is unknown. */
export function withGoals(line: Line): Line {
  const goals = Object.entries(GOALS[line.scenario] ?? {}).map(([name, greatest]) => {
    const figure = line[name];
    return [`${name} <= ${greatest}`, typeof figure === 'number' ? figure <= greatest : null] as const;
  });
  return { ...line, goals: Object.fromEntries(goals) };
}
