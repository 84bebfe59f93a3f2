import { RequiresStepUp } from './admin.guard.js';

/**
 * Closes a route with `@Scopes()` to operators who have not confirmed a code of TOTP in the last five minutes: they get 403
 * `step_up_required`. Does not concern service accounts. Name the problem in the `@ApiProblems()` of the route.
 */
export const StepUp = () => RequiresStepUp(true);
