/** Returns the result of an action, or undefined if it throws. Use it if the failure has no consequence. */
export function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
