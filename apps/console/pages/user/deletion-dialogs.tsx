import { call } from '../../api/call.js';
import type { User } from '../../api/types.js';
import { ActForm } from '../../parts/act-form.js';
import { Dialog } from '../../parts/dialog.js';
import { toast } from '../../parts/toast.js';
import { nameOf } from '../../parts/user-name.js';
import { hrefOf } from '../../shell/router.js';
import { texts } from '../../texts/texts.js';

const words = texts.user.deletion;

interface Props {
  user: User;
  reload: () => void;
  close: () => void;
}

/** A disabled user could not log in to cancel: the operator must forget the ban, and the user is erased immediately. */
export function DeleteDialog({ user, reload, close }: Props) {
  const isBanned = user.state === 'disabled';
  const remove = async () => {
    await call('POST', `/users/${user.id}/deletion`, isBanned ? { forget_ban: true } : {});
    close();
    toast(isBanned ? words.erased : words.done);
    if (isBanned) location.hash = hrefOf('users');
    else reload();
  };
  return (
    <Dialog title={words.title(nameOf(user))} onClose={close}>
      <p>{isBanned ? words.banned : words.text}</p>
      <ActForm submit={words.title(nameOf(user))} isDanger act={remove} onCancel={close}>
        {isBanned && (
          <label class="check">
            <input type="checkbox" required /> {words.forget}
          </label>
        )}
      </ActForm>
    </Dialog>
  );
}

export function CancelDeletionDialog({ user, reload, close }: Props) {
  const cancel = async () => {
    await call('DELETE', `/users/${user.id}/deletion`);
    close();
    toast(words.cancelled);
    reload();
  };
  return (
    <Dialog title={words.cancelTitle(nameOf(user))} onClose={close}>
      <p>{words.cancelText}</p>
      <ActForm submit={words.cancel} act={cancel} onCancel={close} />
    </Dialog>
  );
}
