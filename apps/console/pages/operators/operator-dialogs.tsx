import { useState } from 'preact/hooks';
import { call } from '../../api/call.js';
import { ActForm, type ValueOf } from '../../parts/act-form.js';
import { Dialog } from '../../parts/dialog.js';
import { Field, Select } from '../../parts/field.js';
import { toast } from '../../parts/toast.js';
import { texts } from '../../texts/texts.js';
import { type Operator, type OperatorLink, ROLES } from './operator.js';

const words = texts.operators;

interface Props {
  operator: Operator;
  /** Receives the link of a new invitation. */
  done: (link?: OperatorLink) => Promise<void>;
  close: () => void;
}

export function InviteDialog({ done, close }: Omit<Props, 'operator'>) {
  const [role, setRole] = useState<string>('operator');
  const invite = async (valueOf: ValueOf) =>
    done(await call<OperatorLink>('POST', '/operators', { name: valueOf('name').trim(), role }));
  return (
    <Dialog title={words.invite} onClose={close}>
      <ActForm submit={words.invite} act={invite} onCancel={close}>
        <Field
          label={texts.session.name}
          name="name"
          required
          maxLength={27}
          hint={words.nameHint}
          autocomplete="off"
          autocapitalize="off"
        />
        <Select
          label={words.columns.role}
          value={role}
          options={ROLES.map((each) => [each, `${texts.common.roles[each]}: ${words.roles[each]}`] as const)}
          onChange={setRole}
        />
      </ActForm>
    </Dialog>
  );
}

export function ResetDialog({ operator: { id, name }, done, close }: Props) {
  const reset = async () => done(await call<OperatorLink>('POST', `/operators/${id}/reset`));
  return (
    <Dialog title={words.resetTitle(name)} onClose={close}>
      <p>{words.resetText}</p>
      <ActForm isDanger submit={words.resetTitle(name)} act={reset} onCancel={close} />
    </Dialog>
  );
}

interface WithdrawProps extends Omit<Props, 'operator'> {
  /** Of the person who was invited. */
  name: string;
}

export function WithdrawDialog({ name, done, close }: WithdrawProps) {
  const withdraw = async () => {
    await call('DELETE', `/operators/invitations/${name}`);
    await done();
    toast(words.withdrawn(name));
  };
  return (
    <Dialog title={words.withdrawTitle(name)} onClose={close}>
      <p>{words.withdrawText}</p>
      <ActForm isDanger submit={words.withdrawTitle(name)} act={withdraw} onCancel={close} />
    </Dialog>
  );
}

export function RemoveDialog({ operator: { id, name }, done, close }: Props) {
  const remove = async () => {
    await call('DELETE', `/operators/${id}`);
    await done();
    toast(words.removed(name));
  };
  return (
    <Dialog title={words.removeTitle(name)} onClose={close}>
      <p>{words.removeText}</p>
      <ActForm isDanger submit={words.removeTitle(name)} act={remove} onCancel={close} />
    </Dialog>
  );
}
