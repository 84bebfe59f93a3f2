import { stepUp, waitingForCode } from '../state/step-up.js';
import { ActForm, type ValueOf } from '../parts/act-form.js';
import { CodeField } from '../parts/code-field.js';
import { Dialog } from '../parts/dialog.js';
import { texts } from '../texts/texts.js';

/** Asks for a fresh code when an act needs one. */
export function StepUpDialog() {
  const waiting = waitingForCode.use();
  const words = texts.session.stepUp;
  if (!waiting) return null;
  const send = async (valueOf: ValueOf) => {
    await stepUp(valueOf('code').trim());
    waiting.done();
  };
  return (
    <Dialog title={words.title} onClose={waiting.cancel}>
      <p>{words.text}</p>
      <ActForm submit={words.submit} act={send} onCancel={waiting.cancel}>
        <CodeField />
      </ActForm>
    </Dialog>
  );
}
