/** The three callbacks that nearly every function of `wx` takes. */
export interface Callbacks {
  success?: (result: object) => void;
  fail?: (error: object) => void;
  complete?: (result: object) => void;
}

/** Why a function of `wx` fails: the text after `name:fail `, and what else the answer carries (`errno`). */
export class Failure extends Error {
  constructor(
    reason: string,
    readonly members: object = {},
  ) {
    super(reason);
  }
}

/**
 * Does the work of a function of `wx`, then answers as WeChat does: through the callbacks and never before the function
 * has returned; as a promise where there is none of them.
 * @param name as it stands in errMsg: `login:ok`, `login:fail …`
 * @param work gives what the answer carries besides errMsg: an object, or nothing
 */
export function answer(
  name: string,
  options: Callbacks | undefined,
  work: () => unknown,
): Promise<object> | undefined {
  const done = Promise.resolve()
    .then(work)
    .then((result) => ({ ...(result as object | undefined), errMsg: `${name}:ok` }));
  const { success, fail, complete } = options ?? {};
  if (!success && !fail && !complete) {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- WeChat rejects with a plain object
    return done.catch((error: unknown) => Promise.reject(refusal(name, error)));
  }
  void done.then(
    (result) => {
      call(success, result);
      call(complete, result);
    },
    (error: unknown) => {
      const failure = refusal(name, error);
      call(fail, failure);
      call(complete, failure);
    },
  );
  return undefined;
}

function refusal(name: string, error: unknown): object {
  const reason = error instanceof Error ? error.message : String(error);
  return { ...(error instanceof Failure && error.members), errMsg: `${name}:fail ${reason}` };
}

/** A callback that throws is the mini-program's own fault: it is reported, and the other one is still called. */
function call(callback: ((value: object) => void) | undefined, value: object): void {
  try {
    callback?.(value);
  } catch (error) {
    reportError(error);
  }
}
