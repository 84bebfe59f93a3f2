import { texts } from '../texts/texts.js';
import { Field } from './field.js';

/** An input for the code of an authenticator app. @param props.hint what else it takes */
export function CodeField({ hint }: { hint?: string }) {
  return (
    <Field
      label={texts.session.code}
      name="code"
      required
      autocomplete="one-time-code"
      inputMode={hint === undefined ? 'numeric' : 'text'}
      autocapitalize="off"
      spellcheck={false}
      {...(hint !== undefined && { hint })}
    />
  );
}
