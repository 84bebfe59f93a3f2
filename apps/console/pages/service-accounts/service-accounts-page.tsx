import { useState } from 'preact/hooks';
import type { List } from '../../api/types.js';
import { Loaded } from '../../parts/loaded.js';
import { OnceDialog } from '../../parts/once-dialog.js';
import { Page } from '../../parts/page.js';
import { useResource } from '../../state/use-resource.js';
import { texts } from '../../texts/texts.js';
import { AccountTable } from './account-table.js';
import { AddDialog, RevokeDialog, RotateDialog } from './account-dialogs.js';
import type { Credentials, ServiceAccount } from './service-account.js';

const words = texts.accounts;

export type OpenAccount = { act: 'add' } | { act: 'rotate' | 'revoke'; account: ServiceAccount };

/** The other back ends that call the admin API. */
export function ServiceAccountsPage() {
  const accounts = useResource<List<ServiceAccount>>('/service-accounts');
  const [open, setOpen] = useState<OpenAccount>();
  const [made, setMade] = useState<Credentials>();
  const { reload } = accounts;
  const close = () => setOpen(undefined);
  const done = async (credentials?: Credentials) => {
    close();
    setMade(credentials);
    await reload();
  };
  return (
    <Page
      title={words.title}
      actions={
        <button type="button" class="primary" onClick={() => setOpen({ act: 'add' })}>
          {words.add}
        </button>
      }
    >
      <p class="lead">{words.text}</p>
      <Loaded of={accounts}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="empty">{words.empty}</p>
          ) : (
            <AccountTable items={items} onAct={setOpen} />
          )
        }
      </Loaded>
      {open?.act === 'add' && <AddDialog done={done} close={close} />}
      {open?.act === 'rotate' && <RotateDialog account={open.account} done={done} close={close} />}
      {open?.act === 'revoke' && <RevokeDialog account={open.account} done={done} close={close} />}
      {made && (
        <OnceDialog
          title={words.secretTitle}
          text={words.secretText}
          values={[
            ['client_id', made.client_id],
            ['client_secret', made.client_secret],
          ]}
          onClose={() => setMade(undefined)}
        />
      )}
    </Page>
  );
}
