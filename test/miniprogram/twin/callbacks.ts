/** The options that every asynchronous function of `wx` takes. */
export interface Callbacks<Result extends object = object> {
  success?: (result: Result & { errMsg: string }) => void;
  fail?: (failure: { errMsg: string }) => void;
  complete?: (result: { errMsg: string }) => void;
}

/** Answers as WeChat does: never before the caller has gone on, success or fail, then complete. */
export function succeed<Result extends object>(
  name: string,
  options: Callbacks<Result>,
  result: Result,
): void {
  setTimeout(() => {
    const answer = { ...result, errMsg: `${name}:ok` };
    options.success?.(answer);
    options.complete?.(answer);
  }, 0);
}

/** Fails as WeChat does. @param members what the failure carries besides its text, such as `errno` */
export function fail(name: string, options: Callbacks<never>, reason: string, members: object = {}): void {
  setTimeout(() => {
    const failure = { ...members, errMsg: `${name}:fail ${reason}` };
    options.fail?.(failure);
    options.complete?.(failure);
  }, 0);
}
