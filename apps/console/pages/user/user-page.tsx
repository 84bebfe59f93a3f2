import type { User } from '../../api/types.js';
import { useSession } from '../../state/session.js';
import { useResource } from '../../state/use-resource.js';
import { UserBadge } from '../../parts/badge.js';
import { Loaded } from '../../parts/loaded.js';
import { Page } from '../../parts/page.js';
import { Nickname, nameOf } from '../../parts/user-name.js';
import { hrefOf } from '../../shell/router.js';
import { texts } from '../../texts/texts.js';
import { ClaimsCard } from './claims-card.js';
import { DevicesCard } from './devices-card.js';
import { IdentitiesCard } from './identities-card.js';
import { ProfileCard } from './profile-card.js';
import { UserActs } from './user-acts.js';
import { UserEventsCard } from './user-events-card.js';

/** Everything about one user that the role of the operator may see. */
export function UserPage({ id }: { id: string }) {
  const user = useResource<User>(`/users/${encodeURIComponent(id)}`);
  const { data } = user;
  return (
    <Page
      trail={<a href={hrefOf('users')}>← {texts.user.back}</a>}
      title={data ? nameOf(data) : texts.users.title}
      heading={
        data && (
          <>
            <Nickname nickname={data.nickname} /> <UserBadge state={data.state} />
          </>
        )
      }
      actions={
        data && (
          <UserActs
            user={data}
            onChange={(changed) => user.set({ ...data, ...changed })}
            reload={() => void user.reload()}
          />
        )
      }
    >
      <Loaded of={user}>{(found) => <Parts user={found} />}</Loaded>
    </Page>
  );
}

function Parts({ user }: { user: User }) {
  const { scopes } = useSession();
  const may = (scope: string) => scopes.includes(scope);
  // A user who was merged into another one has nothing else.
  const isLive = user.state !== 'merged';
  return (
    <div class="columns">
      <div>
        {isLive && may('users:write') && <DevicesCard key={user.state} user={user} />}
        {may('audit:read') && <UserEventsCard id={user.id} />}
      </div>
      <div>
        <ProfileCard user={user} />
        {isLive && may('identities:read') && <IdentitiesCard id={user.id} />}
        {isLive && may('claims:write') && <ClaimsCard id={user.id} />}
      </div>
    </div>
  );
}
