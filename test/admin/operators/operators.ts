import { Secret, TOTP } from 'otpauth';
import { OperatorsService } from '../../../libs/admin/src/index.js';
import type { OperatorRole } from '../../../libs/admin/src/index.js';
import { Database } from '../../../libs/database/src/index.js';
import { type Answer, call, type CallOptions } from '../../support/http.js';
import { execute } from '../../support/rows.js';
import type { useStack } from '../../support/stack.js';
import { adminUrlOf } from '../admin.js';

type Stack = ReturnType<typeof useStack>;

/** The password of every operator of the tests. */
export const PASSWORD = 'correct horse battery staple';

/** An operator who has accepted an invitation. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** Of TOTP, base32. */
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
  /** The `Cookie` header of the session that the acceptance opened. */
  readonly cookie: string;
}

interface InvitationBody {
  name: string;
  role: string;
  totp: { secret: string; uri: string };
  recovery_codes: string[];
}

export interface SessionBody {
  operator: { id: string; name: string; role: string };
  scopes: string[];
  expires_at: string;
  step_up_until?: string;
  code?: string;
}

let made = 0;

/** Acts as the operators of a running service, and as their browsers. */
export function operatorsOf(stack: Stack, baseUrl = () => adminUrlOf(stack)) {
  const now = () => stack.service(Database).clock.now();

  /** Returns the code of TOTP of a secret now, or some steps later. */
  const codeOf = (secret: string, steps = 0) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now() + steps * 30_000 });

  /** Sends a request as the page of the console does. */
  const asPage = <Body = Record<string, unknown>>(
    path: string,
    options: CallOptions = {},
    cookie?: string,
  ) => {
    const base = baseUrl();
    return call<Body>(`${base}/api/admin${path}`, {
      ...options,
      headers: {
        origin: base,
        'sec-fetch-site': 'same-origin',
        ...(cookie !== undefined && { cookie }),
        ...options.headers,
      },
    });
  };

  /** Lets every operator use codes again that they have used: a story would wait half a minute for each. */
  const forgetCodes = () => execute(stack.databaseUrl, 'UPDATE operators SET totp_step = 0');

  /** Ends the pauses after wrong attempts. */
  const forgetAttempts = () => execute(stack.databaseUrl, 'DELETE FROM operator_attempts');

  const open = (token: string) => asPage<InvitationBody>('/invitations/open', { json: { token } });

  async function accept(token: string): Promise<Person> {
    const { body } = await open(token);
    const { secret } = body.totp;
    const json = { token, password: PASSWORD, code: codeOf(secret) };
    const answer = await asPage<SessionBody>('/invitations/accept', { json });
    if (answer.status !== 200) throw new Error(`the acceptance answered ${answer.status} ${answer.text}`);
    const { id, name } = answer.body.operator;
    return { id, name, secret, recoveryCodes: body.recovery_codes, cookie: cookieOf(answer) };
  }

  /** Invites a person, and accepts the invitation. */
  async function person(role: OperatorRole): Promise<Person> {
    const name = `person-${(made += 1)}`;
    const { token } = await stack.service(OperatorsService).invite({ name, role });
    return accept(token);
  }

  const login = (name: string, code: string, password = PASSWORD, options: CallOptions = {}) =>
    asPage<SessionBody>('/session', { json: { name, password, code }, ...options });

  /** Signs in with a code that may have been used before. Returns the `Cookie` header. */
  async function signIn({ name, secret }: Person): Promise<string> {
    await forgetCodes();
    const answer = await login(name, codeOf(secret));
    if (answer.status !== 200) throw new Error(`the sign-in answered ${answer.status} ${answer.text}`);
    return cookieOf(answer);
  }

  /** Confirms a code of TOTP that may have been used before. */
  async function stepUp({ secret }: Person, cookie: string): Promise<SessionBody> {
    await forgetCodes();
    const { body } = await asPage<SessionBody>(
      '/session/step-up',
      { json: { code: codeOf(secret) } },
      cookie,
    );
    return body;
  }

  /** Returns the status of a session and the code of its problem. */
  const sessionOf = async (cookie: string) => outcomeOf(await asPage('/session', {}, cookie));

  return {
    accept,
    asPage,
    codeOf,
    forgetAttempts,
    forgetCodes,
    login,
    now,
    open,
    person,
    sessionOf,
    signIn,
    stepUp,
  };
}

/** Returns 200, or the status of an answer and the code of its problem. */
export const outcomeOf = ({ status, body }: Answer<object>) =>
  status === 200 ? 200 : [status, (body as { code?: unknown }).code];

/** Returns the `Cookie` header that a browser sends after an answer. */
export function cookieOf({ headers }: Pick<Answer, 'headers'>): string {
  const [pair = ''] = (headers.get('set-cookie') ?? '').split(';');
  return pair;
}
