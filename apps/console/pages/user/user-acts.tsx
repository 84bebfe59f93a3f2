import { useState } from 'preact/hooks';
import type { User } from '../../api/types.js';
import { useSession } from '../../state/session.js';
import { texts } from '../../texts/texts.js';
import { CancelDeletionDialog, DeleteDialog } from './deletion-dialogs.js';
import { DisableDialog, EnableDialog } from './disable-dialogs.js';

/** What a dialog of this page needs. */
export interface ActProps {
  user: User;
  /** Receives the user after the change. */
  onChange: (user: User) => void;
  reload: () => void;
}

const DIALOGS = {
  disable: { Dialog: DisableDialog, text: texts.user.disable.action },
  enable: { Dialog: EnableDialog, text: texts.user.enable.action },
  delete: { Dialog: DeleteDialog, text: texts.user.deletion.action },
  cancel: { Dialog: CancelDeletionDialog, text: texts.user.deletion.cancel },
};
type Act = keyof typeof DIALOGS;

const ACTS: Readonly<Record<User['state'], readonly Act[]>> = {
  active: ['disable', 'delete'],
  disabled: ['enable', 'delete'],
  leaving: ['cancel'],
  merged: [],
};

/** The buttons of a user, each with its dialog. */
export function UserActs(props: ActProps) {
  const { scopes } = useSession();
  const [open, setOpen] = useState<Act>();
  if (!scopes.includes('users:write')) return null;
  const Dialog = open && DIALOGS[open].Dialog;
  return (
    <>
      {ACTS[props.user.state].map((act) => (
        <button
          key={act}
          type="button"
          class={act === 'disable' || act === 'delete' ? 'danger quiet' : ''}
          onClick={() => setOpen(act)}
        >
          {DIALOGS[act].text}
        </button>
      ))}
      {Dialog && <Dialog {...props} close={() => setOpen(undefined)} />}
    </>
  );
}
