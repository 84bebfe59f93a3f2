import { passport } from './passport';

App({
  onLaunch() {
    // Starts the login while the first page is still being built. The page waits for the same login, and is
    // the one that can show a failure and offer a retry.
    passport.ready().catch(() => undefined);
  },
});
