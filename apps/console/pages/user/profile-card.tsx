import type { ComponentChildren } from 'preact';
import { call } from '../../api/call.js';
import type { User } from '../../api/types.js';
import { useSession } from '../../state/session.js';
import { Copyable, shortId } from '../../parts/id.js';
import { Card } from '../../parts/page.js';
import { Reveal } from '../../parts/reveal.js';
import { Tags } from '../../parts/tags.js';
import { Ago, Time, formatBytes } from '../../parts/time.js';
import { hrefOf } from '../../shell/router.js';
import { texts } from '../../texts/texts.js';

const words = texts.user.profile;

/** The profile that the user has written, and the state of the account. */
export function ProfileCard({ user }: { user: User }) {
  const { disabled_at, disabled_until, merged_into, deletes_at, document_bytes, merge_offers = [] } = user;
  return (
    <Card title={words.title}>
      <dl class="facts">
        <Fact name="id">
          <Copyable value={user.id} />
        </Fact>
        <Fact name={words.created}>
          <Time at={user.created_at} />
        </Fact>
        <Fact name={words.phone}>
          <Phone user={user} />
        </Fact>
        <Fact name={words.apps}>
          <Tags values={user.appids} />
        </Fact>
        {document_bytes !== undefined && <Fact name={words.document}>{formatBytes(document_bytes)}</Fact>}
        {merged_into !== null && (
          <Fact name={words.mergedInto}>
            <OtherUser id={merged_into} />
          </Fact>
        )}
        {merge_offers.length > 0 && (
          <Fact name={words.mergeOffers}>
            <span class="offers">
              {merge_offers.map((id) => (
                <OtherUser key={id} id={id} />
              ))}
            </span>
            <p class="notes">{words.mergeHint}</p>
          </Fact>
        )}
        {disabled_at !== null && (
          <>
            <Fact name={words.disabledAt}>
              <Time at={disabled_at} />
            </Fact>
            <Fact name={words.disabledUntil}>
              {disabled_until === null ? words.forGood : <Time at={disabled_until} />}
            </Fact>
          </>
        )}
        {deletes_at !== null && (
          <Fact name={words.deletesAt}>
            <Time at={deletes_at} /> (<Ago at={deletes_at} />)
          </Fact>
        )}
      </dl>
    </Card>
  );
}

function OtherUser({ id }: { id: string }) {
  return (
    <a href={hrefOf('users', id)}>
      <code>{shortId(id)}</code>
    </a>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** The masked number, and the whole one on demand. */
function Phone({ user: { id, phone } }: { user: User }) {
  const { scopes } = useSession();
  if (phone === null) return <span class="muted">{words.noPhone}</span>;
  if (!scopes.includes('phones:read')) return <>{phone}</>;
  return (
    <Reveal
      label={texts.user.revealPhone}
      masked={phone}
      load={() => call<{ phone: string | null }>('GET', `/users/${id}/phone`)}
    >
      {(found) => <Copyable value={found.phone ?? texts.common.none} />}
    </Reveal>
  );
}
