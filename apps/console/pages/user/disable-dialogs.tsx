import { call } from '../../api/call.js';
import type { User } from '../../api/types.js';
import { ActForm, type ValueOf } from '../../parts/act-form.js';
import { Dialog } from '../../parts/dialog.js';
import { Field } from '../../parts/field.js';
import { toast } from '../../parts/toast.js';
import { nameOf } from '../../parts/user-name.js';
import { texts } from '../../texts/texts.js';

interface Props {
  user: User;
  onChange: (user: User) => void;
  close: () => void;
}

export function DisableDialog({ user, onChange, close }: Props) {
  const words = texts.user.disable;
  const disable = async (valueOf: ValueOf) => {
    const reason = valueOf('reason').trim();
    const until = valueOf('until');
    const body = {
      ...(reason !== '' && { reason }),
      ...(until !== '' && { until: new Date(until).toISOString() }),
    };
    onChange(await call<User>('POST', `/users/${user.id}/disable`, body));
    close();
    toast(words.done);
  };
  return (
    <Dialog title={words.title(nameOf(user))} onClose={close}>
      <p>{words.text}</p>
      <ActForm submit={words.title(nameOf(user))} isDanger act={disable} onCancel={close}>
        <Field label={words.reason} name="reason" maxLength={64} hint={words.reasonHint} />
        <Field label={words.until} name="until" type="datetime-local" hint={words.untilHint} />
      </ActForm>
    </Dialog>
  );
}

export function EnableDialog({ user, onChange, close }: Props) {
  const words = texts.user.enable;
  const enable = async () => {
    onChange(await call<User>('POST', `/users/${user.id}/enable`));
    close();
    toast(words.done);
  };
  return (
    <Dialog title={words.title(nameOf(user))} onClose={close}>
      <p>{words.text}</p>
      <ActForm submit={words.title(nameOf(user))} act={enable} onCancel={close} />
    </Dialog>
  );
}
