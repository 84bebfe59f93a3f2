import { call } from '../../api/call.js';
import type { Identity, List } from '../../api/types.js';
import { Copyable } from '../../parts/id.js';
import { Card } from '../../parts/page.js';
import { Reveal } from '../../parts/reveal.js';
import { texts } from '../../texts/texts.js';

const words = texts.user.identities;

/** The openids and unionids of a user, on demand. */
export function IdentitiesCard({ id }: { id: string }) {
  return (
    <Card title={words.title}>
      <Reveal
        label={words.reveal}
        masked={<span class="muted">{texts.user.revealHint}</span>}
        load={() => call<List<Identity>>('GET', `/users/${id}/identities`)}
      >
        {({ items }) =>
          items.length > 0 ? (
            items.map((item) => <Facts key={item.appid + item.openid} {...item} />)
          ) : (
            <p>{words.empty}</p>
          )
        }
      </Reveal>
    </Card>
  );
}

function Facts({ appid, openid, unionid }: Identity) {
  return (
    <dl class="facts">
      <dt>appid</dt>
      <dd>
        <code>{appid}</code>
      </dd>
      <dt>openid</dt>
      <dd>
        <Copyable value={openid} />
      </dd>
      {unionid !== undefined && (
        <>
          <dt>unionid</dt>
          <dd>
            <Copyable value={unionid} />
          </dd>
        </>
      )}
    </dl>
  );
}
