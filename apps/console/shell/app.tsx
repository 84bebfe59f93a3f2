import { findSession, session } from '../state/session.js';
import { InvitationPage } from '../pages/invitation/invitation-page.js';
import { SignInPage } from '../pages/sign-in/sign-in-page.js';
import { Loading } from '../parts/loaded.js';
import { ProblemNotice } from '../parts/problem-notice.js';
import { Frame } from './frame.js';
import { Narrow } from './narrow.js';
import { useRoute } from './router.js';

/** The console: the page that the address names, or the way to sign in, which leads back to it. */
export function App() {
  const { page, id } = useRoute();
  const state = session.use();
  if (page === 'invitation' && id !== undefined) return <InvitationPage token={id} />;
  switch (state.is) {
    case 'signed in':
      return <Frame />;
    case 'signed out':
      return <SignInPage />;
    case 'unreachable':
      return (
        <Narrow title="weapp-passport">
          <ProblemNotice problem={state.problem} retry={() => void findSession()} />
        </Narrow>
      );
    case 'unknown':
      return <Loading />;
  }
}
