/** Reports that the service cannot start with this environment. Contains names of variables, never their values. */
export class ConfigError extends Error {
  /** @param problems one sentence per variable, each beginning with its name */
  constructor(readonly problems: readonly string[]) {
    super(`The environment does not allow a start:\n${problems.map((line) => `  ${line}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}
