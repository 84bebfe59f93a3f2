import type { ComponentChildren, InputHTMLAttributes, TargetedInputEvent } from 'preact';
import { useId } from 'preact/hooks';

interface InputProps {
  name?: string;
  type?: 'text' | 'password' | 'datetime-local';
  value?: string;
  required?: boolean;
  minLength?: number;
  maxLength?: number;
  autocomplete?: 'username' | 'current-password' | 'new-password' | 'one-time-code' | 'off';
  autocapitalize?: 'off';
  inputMode?: 'numeric' | 'text';
  spellcheck?: boolean;
  autofocus?: boolean;
  onInput?: (event: TargetedInputEvent<HTMLInputElement>) => void;
}

interface Props {
  label: string;
  hint?: ComponentChildren;
  fault?: string | undefined;
}

/** An input with its label, a hint and what is wrong with it. */
export function Field({ label, hint, fault, ...input }: Props & InputProps) {
  const id = useId();
  const hasNotes = hint !== undefined || fault !== undefined;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        {...(input as InputHTMLAttributes)}
        id={id}
        {...(hasNotes && { 'aria-describedby': `${id}-hint` })}
        aria-invalid={fault !== undefined}
      />
      {hasNotes && <Notes id={`${id}-hint`} hint={hint} fault={fault} />}
    </div>
  );
}

/** The hint below an input, and what is wrong with its value. */
export function Notes({ id, hint, fault }: { id: string } & Omit<Props, 'label'>) {
  return (
    <p id={id} class="notes">
      {fault !== undefined && <strong role="alert">{fault}</strong>} {hint}
    </p>
  );
}

/** A choice of few values. */
export function Select(props: {
  label: string;
  value: string;
  options: readonly (readonly [value: string, text: string])[];
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <select id={id} value={props.value} onChange={(event) => props.onChange(event.currentTarget.value)}>
        {props.options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
