import { useState } from 'preact/hooks';
import { call } from '../../api/call.js';
import type { Session } from '../../api/types.js';
import { signedIn, signedOut, useSession } from '../../state/session.js';
import { ActForm, type ValueOf } from '../../parts/act-form.js';
import { CodeField } from '../../parts/code-field.js';
import { Field } from '../../parts/field.js';
import { Card, Page } from '../../parts/page.js';
import { toast } from '../../parts/toast.js';
import { texts } from '../../texts/texts.js';

const words = texts.session.change;
const MIN_LENGTH = 12;

/** The operator's own password and sessions. */
export function PasswordPage() {
  const { operator } = useSession();
  const [form, setForm] = useState(0);
  const change = async (valueOf: ValueOf) => {
    const body = { password: valueOf('old'), new_password: valueOf('new'), code: valueOf('code').trim() };
    signedIn(await call<Session>('PUT', '/session/password', body));
    setForm(form + 1);
    toast(words.done);
  };
  const signOutEverywhere = async () => {
    await call('DELETE', '/session/all');
    signedOut();
  };
  return (
    <Page title={operator.name}>
      <Card title={words.title}>
        <p class="muted">{words.text}</p>
        <ActForm key={form} submit={words.submit} act={change}>
          <Field label={words.old} name="old" type="password" required autocomplete="current-password" />
          <Field
            label={words.new}
            name="new"
            type="password"
            required
            minLength={MIN_LENGTH}
            hint={texts.session.invitation.passwordHint}
            autocomplete="new-password"
          />
          <CodeField />
        </ActForm>
      </Card>
      <Card title={words.sessions}>
        <p class="muted">{words.everywhere}</p>
        <ActForm submit={texts.common.signOutEverywhere} act={signOutEverywhere} />
      </Card>
    </Page>
  );
}
