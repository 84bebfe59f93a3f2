import { useState } from 'preact/hooks';
import { Page } from '../../parts/page.js';
import { Segments } from '../../parts/segments.js';
import { hrefOf, useRoute } from '../../shell/router.js';
import { texts } from '../../texts/texts.js';
import { FoundUsers } from './found-users.js';
import { SearchForm, type Search } from './search-form.js';
import { UserList } from './user-list.js';

const STATES = ['all', 'active', 'disabled', 'deleting'] as const;

/** Every user, or those that a search finds. A phone number or an openid is never in the address of the page. */
export function UsersPage() {
  const { query } = useRoute();
  const [exact, setExact] = useState<Search>();
  const q = query.get('q') ?? '';
  const state = STATES.find((each) => each === query.get('state')) ?? 'all';
  const search = ({ field, value }: Search) => {
    setExact(field === 'q' ? undefined : { field, value });
    if (field === 'q')
      location.hash = hrefOf('users', undefined, { q: value, state: state === 'all' ? '' : state });
  };
  return (
    <Page title={texts.users.title}>
      <SearchForm key={q} q={q} onSearch={search} />
      {exact ? (
        <FoundUsers search={exact} />
      ) : (
        <>
          <Segments
            label={texts.users.state}
            value={state}
            options={STATES.map((each) => [each, texts.users.filters[each]] as const)}
            hrefOf={(each) => hrefOf('users', undefined, { q, state: each === 'all' ? '' : each })}
          />
          <UserList q={q} state={state === 'all' ? '' : state} />
        </>
      )}
    </Page>
  );
}
