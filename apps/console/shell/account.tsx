import { call } from '../api/call.js';
import { signedOut, useSession } from '../state/session.js';
import { hrefOf } from './router.js';
import { texts } from '../texts/texts.js';

/** Who is signed in, and the way out. */
export function Account() {
  const { operator } = useSession();
  const signOut = async () => {
    await call('DELETE', '/session');
    signedOut();
  };
  return (
    <div class="account">
      <p>
        <a href={hrefOf('password')}>
          <bdi>{operator.name}</bdi>
        </a>{' '}
        <span class="muted">{texts.common.roles[operator.role]}</span>
      </p>
      <button type="button" class="small" onClick={() => void signOut()}>
        {texts.common.signOut}
      </button>
    </div>
  );
}
