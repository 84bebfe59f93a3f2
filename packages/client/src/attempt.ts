/** The result of an action, or undefined if it throws. For what may fail without a consequence. */
export function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
