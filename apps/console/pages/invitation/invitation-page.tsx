import { useEffect, useState } from 'preact/hooks';
import { ApiProblem } from '../../api/api-problem.js';
import { call } from '../../api/call.js';
import type { Role, Session } from '../../api/types.js';
import { signedIn } from '../../state/session.js';
import { ActForm, type ValueOf } from '../../parts/act-form.js';
import { CodeField } from '../../parts/code-field.js';
import { Field } from '../../parts/field.js';
import { Copyable } from '../../parts/id.js';
import { Loading } from '../../parts/loaded.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Narrow } from '../../shell/narrow.js';
import { texts } from '../../texts/texts.js';
import { QrCode } from './qr-code.js';
import { RecoveryCodes } from './recovery-codes.js';

const words = texts.session.invitation;
const MIN_PASSWORD_LENGTH = 12;

interface Invitation {
  name: string;
  role: Role;
  totp: { secret: string; uri: string };
  recovery_codes: string[];
}

/** Where an invited person enrols: the link of `operators invite` leads here. */
export function InvitationPage({ token }: { token: string }) {
  const [invitation, setInvitation] = useState<Invitation>();
  const [problem, setProblem] = useState<ApiProblem>();
  useEffect(() => {
    call<Invitation>('POST', '/invitations/open', { token }).then(setInvitation, (error: unknown) =>
      setProblem(ApiProblem.from(error)),
    );
  }, [token]);
  const title = invitation ? words.title(invitation.name) : texts.session.signIn;
  return (
    <Narrow title={title}>
      {problem && <ProblemNotice problem={problem} />}
      {!invitation && !problem && <Loading />}
      {invitation && <Steps invitation={invitation} token={token} />}
    </Narrow>
  );
}

function Steps({ invitation, token }: { invitation: Invitation; token: string }) {
  const { name, role, totp, recovery_codes: codes } = invitation;
  return (
    <>
      <p>{words.text(texts.common.roles[role])}</p>
      <ol class="steps">
        <li>
          <h2>{words.step1}</h2>
          <QrCode text={totp.uri} label={words.qr} />
          <p>
            {words.byHand} <Copyable value={totp.secret} />
          </p>
        </li>
        <li>
          <h2>{words.step2}</h2>
          <p class="muted">{words.recovery}</p>
          <RecoveryCodes name={name} codes={codes} />
        </li>
        <li>
          <h2>{words.step3}</h2>
          <AcceptForm name={name} token={token} />
        </li>
      </ol>
    </>
  );
}

function AcceptForm({ name, token }: { name: string; token: string }) {
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const differs = repeated !== '' && repeated !== password;
  const accept = async (valueOf: ValueOf) => {
    if (password !== repeated) return;
    const code = valueOf('code').trim();
    const session = await call<Session>('POST', '/invitations/accept', { token, password, code });
    location.replace('#/');
    signedIn(session);
  };
  const input = {
    type: 'password',
    required: true,
    minLength: MIN_PASSWORD_LENGTH,
    autocomplete: 'new-password',
  } as const;
  return (
    <ActForm submit={words.submit} act={accept}>
      {/* So that a password manager stores the name too. */}
      <input
        class="hidden"
        type="text"
        name="username"
        autocomplete="username"
        value={name}
        readOnly
        tabIndex={-1}
        aria-hidden="true"
      />
      <Field
        {...input}
        label={texts.session.password}
        hint={words.passwordHint}
        value={password}
        onInput={(event) => setPassword(event.currentTarget.value)}
      />
      <Field
        {...input}
        label={words.repeat}
        fault={differs ? words.differs : undefined}
        value={repeated}
        onInput={(event) => setRepeated(event.currentTarget.value)}
      />
      <CodeField />
    </ActForm>
  );
}
