import { useState } from 'preact/hooks';
import { call } from '../../api/call.js';
import { ActForm, type ValueOf } from '../../parts/act-form.js';
import { Dialog } from '../../parts/dialog.js';
import { OnceDialog } from '../../parts/once-dialog.js';
import { toast } from '../../parts/toast.js';
import { hrefOf } from '../../shell/router.js';
import { texts } from '../../texts/texts.js';
import type { Webhook, WebhookSecret } from './webhook.js';

const words = texts.webhooks;

/** Tests, rotates and removes a receiver. */
export function WebhookActs({ webhook, reload }: { webhook: Webhook; reload: () => Promise<void> }) {
  const { id, url } = webhook;
  const [open, setOpen] = useState<'test' | 'rotate' | 'remove'>();
  const [rotated, setRotated] = useState<WebhookSecret>();
  const close = () => setOpen(undefined);
  const test = async () => {
    const { delivered, result } = await call<{ delivered: boolean; result: string }>(
      'POST',
      `/webhooks/${id}/test`,
    );
    close();
    toast(delivered ? words.delivered(result) : words.notDelivered(result));
  };
  const rotate = async (valueOf: ValueOf) => {
    const body = { compromised: valueOf('compromised') !== '' };
    setRotated(await call<WebhookSecret>('POST', `/webhooks/${id}/rotate`, body));
    close();
    await reload();
  };
  const remove = async () => {
    await call('DELETE', `/webhooks/${id}`);
    toast(words.removed);
    location.hash = hrefOf('webhooks');
  };
  return (
    <>
      <button type="button" onClick={() => setOpen('test')}>
        {words.test}
      </button>
      <button type="button" onClick={() => setOpen('rotate')}>
        {words.rotate}
      </button>
      <button type="button" class="danger quiet" onClick={() => setOpen('remove')}>
        {words.remove}
      </button>
      {open === 'test' && (
        <Dialog title={words.testTitle} onClose={close}>
          <p>{words.testText(url)}</p>
          <ActForm submit={words.test} act={test} onCancel={close} />
        </Dialog>
      )}
      {open === 'rotate' && (
        <Dialog title={words.rotateTitle(url)} onClose={close}>
          <p>{words.rotateText}</p>
          <ActForm submit={words.rotate} act={rotate} onCancel={close}>
            <label class="check">
              <input type="checkbox" name="compromised" /> {words.compromised}
            </label>
          </ActForm>
        </Dialog>
      )}
      {open === 'remove' && (
        <Dialog title={words.removeTitle(url)} onClose={close}>
          <p>{words.removeText}</p>
          <ActForm isDanger submit={words.remove} act={remove} onCancel={close} />
        </Dialog>
      )}
      {rotated && (
        <OnceDialog
          title={words.secretTitle}
          text={words.secretText}
          values={[[words.secret, rotated.secret]]}
          onClose={() => setRotated(undefined)}
        />
      )}
    </>
  );
}
