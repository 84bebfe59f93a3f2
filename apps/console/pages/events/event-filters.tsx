import { useState } from 'preact/hooks';
import { Field, Select } from '../../parts/field.js';
import { nameOfKind } from '../../parts/event-table.js';
import { hrefOf } from '../../shell/router.js';
import { texts } from '../../texts/texts.js';

const words = texts.events;

const KINDS = Object.keys(words.kinds)
  .map((kind) => [kind, nameOfKind(kind)] as const)
  .sort(([, one], [, other]) => one.localeCompare(other));

/** A form whose values become the address of the page. */
export function EventFilters({ filters }: { filters: URLSearchParams }) {
  const [kind, setKind] = useState(filters.get('kind') ?? '');
  const apply = (form: HTMLFormElement) => {
    const data = new FormData(form);
    const valueOf = (name: string) => {
      const value = data.get(name);
      return typeof value === 'string' ? value.trim() : '';
    };
    location.hash = hrefOf('events', undefined, {
      kind,
      user_id: valueOf('user_id'),
      appid: valueOf('appid'),
      from: inUtc(valueOf('from')),
      to: inUtc(valueOf('to')),
    });
  };
  const known =
    KINDS.some(([each]) => each === kind) || kind === '' ? KINDS : [[kind, kind] as const, ...KINDS];
  return (
    <form
      class="filters"
      aria-label={words.filters}
      onSubmit={(event) => {
        event.preventDefault();
        apply(event.currentTarget);
      }}
    >
      <Select
        label={words.columns.kind}
        value={kind}
        options={[['', words.any], ...known]}
        onChange={setKind}
      />
      <Field label={words.userId} name="user_id" value={filters.get('user_id') ?? ''} autocomplete="off" />
      <Field label="appid" name="appid" value={filters.get('appid') ?? ''} autocomplete="off" />
      <Field label={words.from} name="from" type="datetime-local" value={inLocal(filters.get('from'))} />
      <Field label={words.to} name="to" type="datetime-local" value={inLocal(filters.get('to'))} />
      <div class="buttons">
        <button type="submit" class="primary">
          {words.apply}
        </button>
        {filters.size > 0 && (
          <a class="button" href={hrefOf('events')}>
            {words.clear}
          </a>
        )}
      </div>
    </form>
  );
}

const inUtc = (local: string) => (local === '' ? '' : new Date(local).toISOString());

/** Returns a time as an input for local times has it. */
function inLocal(utc: string | null): string {
  const at = Date.parse(utc ?? '');
  if (Number.isNaN(at)) return '';
  const minutes = new Date(at).getTimezoneOffset();
  return new Date(at - minutes * 60_000).toISOString().slice(0, 16);
}
