import { useId, useState } from 'preact/hooks';
import { useSession } from '../../state/session.js';
import { texts } from '../../texts/texts.js';
import { Select } from '../../parts/field.js';

/** The ways to search. All but `q` name one person. */
const FIELDS = ['q', 'phone', 'openid', 'unionid'] as const;
type Field = (typeof FIELDS)[number];

const SCOPES: Readonly<Record<Field, string>> = {
  q: 'users:read',
  phone: 'phones:read',
  openid: 'identities:read',
  unionid: 'identities:read',
};

export interface Search {
  field: Field;
  value: string;
}

/** @param props.q the beginning of a nickname or an id that is searched at present */
export function SearchForm({ q, onSearch }: { q: string; onSearch: (search: Search) => void }) {
  const { scopes } = useSession();
  const [field, setField] = useState<Field>('q');
  const [value, setValue] = useState(q);
  const id = useId();
  const words = texts.users;
  const fields = FIELDS.filter((each) => scopes.includes(SCOPES[each]));
  const search = (wanted: Search) => {
    setField(wanted.field);
    setValue(wanted.value);
    onSearch(wanted);
  };
  return (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        search(understand(field, value.trim(), fields));
      }}
    >
      {fields.length > 1 && (
        <Select
          label={words.by}
          value={field}
          options={fields.map((each) => [each, words.fields[each]])}
          onChange={(next) => setField(next as Field)}
        />
      )}
      <div class="field grow">
        <label for={id}>{words.fields[field]}</label>
        <input
          id={id}
          type="search"
          value={value}
          onInput={(event) => setValue(event.currentTarget.value)}
          aria-describedby={`${id}-hint`}
          autocomplete="off"
          spellcheck={false}
        />
      </div>
      <button type="submit" class="primary">
        {words.search}
      </button>
      {(q !== '' || value !== '') && (
        <button type="button" onClick={() => search({ field: 'q', value: '' })}>
          {words.clear}
        </button>
      )}
      <p id={`${id}-hint`} class="notes">
        {words.hints[field]}
      </p>
    </form>
  );
}

/** Takes a phone number or an openid as what it is: it must not become a part of an address. */
function understand(field: Field, value: string, allowed: readonly Field[]): Search {
  const looksLike: Field = /^\+?\d{7,15}$/.test(value)
    ? 'phone'
    : /^o[\w-]{27}$/.test(value)
      ? 'openid'
      : field;
  const meant = field === 'q' && allowed.includes(looksLike) ? looksLike : field;
  return { field: meant, value: meant === 'phone' ? inE164(value) : value };
}

function inE164(phone: string): string {
  const digits = phone.replaceAll(/[\s()-]/g, '');
  return /^1\d{10}$/.test(digits) ? `+86${digits}` : digits;
}
