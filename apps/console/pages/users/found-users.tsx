import { useEffect, useState } from 'preact/hooks';
import { ApiProblem } from '../../api/api-problem.js';
import { call } from '../../api/call.js';
import type { List, User } from '../../api/types.js';
import { StepUpCancelled, withStepUp } from '../../state/step-up.js';
import { Loading } from '../../parts/loaded.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { texts } from '../../texts/texts.js';
import type { Search } from './search-form.js';
import { UserTable } from './user-table.js';

/** The user with a phone number, an openid or a unionid. The value is sent in a body, which no log has. */
export function FoundUsers({ search }: { search: Search }) {
  const [found, setFound] = useState<{ users?: User[]; problem?: ApiProblem; isCancelled?: true }>({});
  useEffect(() => {
    let isCurrent = true;
    const show = (next: typeof found) => isCurrent && setFound(next);
    show({});
    withStepUp(() => call<List<User>>('POST', '/users/search', { [search.field]: search.value })).then(
      ({ items }) => show({ users: items }),
      (error: unknown) =>
        show(error instanceof StepUpCancelled ? { isCancelled: true } : { problem: ApiProblem.from(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [search]);
  const { users, problem, isCancelled } = found;
  if (isCancelled) return null;
  if (problem) return <ProblemNotice problem={problem} />;
  if (!users) return <Loading />;
  return users.length > 0 ? <UserTable users={users} /> : <p class="empty">{texts.users.noSuchUser}</p>;
}
