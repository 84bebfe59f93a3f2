import { useState } from 'preact/hooks';
import { call } from '../../api/call.js';
import type { Finding } from '../../api/types.js';
import { ActForm } from '../../parts/act-form.js';
import { Dialog } from '../../parts/dialog.js';
import { FindingNotice } from '../../parts/finding-notice.js';
import { toast } from '../../parts/toast.js';
import { texts } from '../../texts/texts.js';
import { type App, nameOfApp } from './app.js';

const words = texts.apps;

/** Asks the service as the WeChat console does. What keeps the push away stays in the dialog. */
export function TestPushDialog({ app, close }: { app: App; close: () => void }) {
  const [found, setFound] = useState<Finding>();
  const test = async () => {
    setFound(undefined);
    const { problem } = await call<{ problem?: Finding }>(
      'POST',
      `/apps/${encodeURIComponent(app.appid)}/test-push`,
    );
    setFound(problem);
    if (problem) return;
    close();
    toast(words.arrived);
  };
  return (
    <Dialog title={words.testTitle(nameOfApp(app))} onClose={close}>
      <p>{words.testText}</p>
      <ActForm submit={words.test} act={test} onCancel={close}>
        <div role="status">{found && <FindingNotice finding={found} />}</div>
      </ActForm>
    </Dialog>
  );
}
