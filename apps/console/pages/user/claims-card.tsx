import { useId, useState } from 'preact/hooks';
import { call } from '../../api/call.js';
import { useResource } from '../../state/use-resource.js';
import { ActForm } from '../../parts/act-form.js';
import { Notes } from '../../parts/field.js';
import { Loaded } from '../../parts/loaded.js';
import { Card } from '../../parts/page.js';
import { toast } from '../../parts/toast.js';
import { texts } from '../../texts/texts.js';
import { checkClaims } from './check-claims.js';

const words = texts.user.claims;

interface Claims {
  claims: Record<string, unknown>;
}

/** The custom claims of a user, as JSON to edit. */
export function ClaimsCard({ id }: { id: string }) {
  const path = `/users/${id}/claims`;
  const stored = useResource<Claims>(path);
  const save = async (claims: unknown) => {
    stored.set(await call<Claims>('PUT', path, { claims }));
    toast(words.saved);
  };
  return (
    <Card title={words.title}>
      <p class="muted">{words.text}</p>
      <Loaded of={stored}>
        {({ claims }) => {
          const text = JSON.stringify(claims, undefined, 2);
          return <Editor key={text} text={text} save={save} />;
        }}
      </Loaded>
    </Card>
  );
}

function Editor({ text, save }: { text: string; save: (claims: unknown) => Promise<void> }) {
  const [edited, setEdited] = useState(text);
  const id = useId();
  const { claims, bytes, fault } = checkClaims(edited);
  return (
    <ActForm
      submit={words.save}
      act={async () => {
        if (fault === undefined) await save(claims);
        else document.getElementById(id)?.focus();
      }}
      {...(edited !== text && { onCancel: () => setEdited(text) })}
    >
      <div class="field">
        <label for={id}>{words.label}</label>
        <textarea
          id={id}
          rows={Math.min(16, edited.split('\n').length + 1)}
          spellcheck={false}
          value={edited}
          onInput={(event) => setEdited(event.currentTarget.value)}
          aria-invalid={fault !== undefined}
          aria-describedby={`${id}-notes`}
        />
        <Notes id={`${id}-notes`} hint={words.size(bytes)} fault={fault} />
      </div>
    </ActForm>
  );
}
