import { useEffect } from 'preact/hooks';
import { call } from '../../api/call.js';
import type { Session } from '../../api/types.js';
import { signedIn } from '../../state/session.js';
import { useResource } from '../../state/use-resource.js';
import { ActForm, type ValueOf } from '../../parts/act-form.js';
import { CodeField } from '../../parts/code-field.js';
import { Field } from '../../parts/field.js';
import { Copyable } from '../../parts/id.js';
import { Loaded } from '../../parts/loaded.js';
import { Narrow } from '../../shell/narrow.js';
import { texts } from '../../texts/texts.js';

const words = texts.session;
const EVERY_MS = 5000;

/** Signs an operator in; while there is none, says how to make the first. */
export function SignInPage() {
  const setup = useResource<{ operators: boolean }>('/setup');
  const { reload } = setup;
  return (
    <Narrow title={setup.data?.operators === false ? words.noOperator.title : words.signIn}>
      <Loaded of={setup}>
        {({ operators }) => (operators ? <SignInForm /> : <NoOperator reload={reload} />)}
      </Loaded>
    </Narrow>
  );
}

function SignInForm() {
  const signIn = async (valueOf: ValueOf) => {
    const body = {
      name: valueOf('name').trim(),
      password: valueOf('password'),
      code: valueOf('code').trim(),
    };
    signedIn(await call<Session>('POST', '/session', body));
  };
  return (
    <>
      <p class="muted">{words.intro}</p>
      <ActForm submit={words.signIn} act={signIn}>
        <Field
          label={words.name}
          name="name"
          required
          autocomplete="username"
          autocapitalize="off"
          autofocus
        />
        <Field
          label={words.password}
          name="password"
          type="password"
          required
          autocomplete="current-password"
        />
        <CodeField hint={words.codeHint} />
      </ActForm>
    </>
  );
}

/** Goes on by itself when the first operator has accepted the invitation, in another window or on another device. */
function NoOperator({ reload }: { reload: () => Promise<void> }) {
  useEffect(() => {
    const timer = setInterval(() => void reload(), EVERY_MS);
    return () => clearInterval(timer);
  }, [reload]);
  const { text, after } = words.noOperator;
  return (
    <>
      <p>{text}</p>
      <p>
        <Copyable value="npm run -s passport -- operators invite alice" />
      </p>
      <p class="muted">{after}</p>
    </>
  );
}
