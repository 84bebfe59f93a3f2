import { call } from '../../api/call.js';
import type { List } from '../../api/types.js';
import { ActForm, type ValueOf } from '../../parts/act-form.js';
import { Checks } from '../../parts/checks.js';
import { Dialog } from '../../parts/dialog.js';
import { Field } from '../../parts/field.js';
import { Loaded } from '../../parts/loaded.js';
import { toast } from '../../parts/toast.js';
import { useResource } from '../../state/use-resource.js';
import { texts } from '../../texts/texts.js';
import { type Credentials, GRANTABLE_SCOPES, type ServiceAccount } from './service-account.js';

const words = texts.accounts;
const PATH = '/service-accounts';

interface Props {
  account: ServiceAccount;
  /** Receives new credentials. */
  done: (credentials?: Credentials) => Promise<void>;
  close: () => void;
}

export function AddDialog({ done, close }: Omit<Props, 'account'>) {
  const apps = useResource<List<{ appid: string }>>('/apps');
  const add = async (valueOf: ValueOf, form: FormData) => {
    const body = { name: valueOf('name').trim(), scopes: form.getAll('scope'), apps: form.getAll('app') };
    await done(await call<Credentials>('POST', PATH, body));
  };
  return (
    <Dialog title={words.add} onClose={close}>
      <ActForm submit={words.add} act={add} onCancel={close}>
        <Field
          label={words.columns.name}
          name="name"
          required
          maxLength={64}
          hint={words.nameHint}
          autocomplete="off"
          autocapitalize="off"
        />
        <Checks legend={words.columns.scopes} name="scope" values={GRANTABLE_SCOPES} />
        <Loaded of={apps}>
          {({ items }) => (
            <Checks legend={words.columns.apps} name="app" values={items.map(({ appid }) => appid)} />
          )}
        </Loaded>
      </ActForm>
    </Dialog>
  );
}

export function RotateDialog({ account: { client_id, name }, done, close }: Props) {
  const rotate = async (valueOf: ValueOf) => {
    const body = { compromised: valueOf('compromised') !== '' };
    await done(await call<Credentials>('POST', `${PATH}/${client_id}/rotate`, body));
  };
  return (
    <Dialog title={words.rotateTitle(name)} onClose={close}>
      <p>{words.rotateText}</p>
      <ActForm submit={words.rotateTitle(name)} act={rotate} onCancel={close}>
        <label class="check">
          <input type="checkbox" name="compromised" /> {words.compromised}
        </label>
      </ActForm>
    </Dialog>
  );
}

export function RevokeDialog({ account: { client_id, name }, done, close }: Props) {
  const revoke = async () => {
    await call('DELETE', `${PATH}/${client_id}`);
    await done();
    toast(words.revokedNow(name));
  };
  return (
    <Dialog title={words.revokeTitle(name)} onClose={close}>
      <p>{words.revokeText}</p>
      <ActForm isDanger submit={words.revokeTitle(name)} act={revoke} onCancel={close} />
    </Dialog>
  );
}
