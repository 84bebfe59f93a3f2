import { texts } from '../texts/texts.js';
import { Dialog } from './dialog.js';
import { Copyable } from './id.js';

/** Shows values that the service gives only once, each with its name. */
export function OnceDialog(props: {
  title: string;
  text: string;
  values: readonly (readonly [name: string, value: string])[];
  onClose: () => void;
}) {
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <p>{props.text}</p>
      <dl class="facts once">
        {props.values.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Copyable value={value} />
            </dd>
          </div>
        ))}
      </dl>
      <div class="buttons">
        <button type="button" class="primary" onClick={props.onClose}>
          {texts.common.stored}
        </button>
      </div>
    </Dialog>
  );
}
