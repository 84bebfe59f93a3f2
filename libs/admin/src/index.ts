export { AdminModule } from './admin.module.js';
export { AdminPrincipalsService } from './guard/admin-principals.service.js';
export { OPERATOR_SCHEME, Scopes, SERVICE_ACCOUNT_SCHEME } from './guard/scopes.decorator.js';
export { CurrentService, type ServicePrincipal } from './guard/service-principal.js';
export { SERVICE_TOKEN_PROBLEMS } from './guard/service-token-problems.js';
export { StepUp } from './guard/step-up.decorator.js';
export { actorOf, OPERATOR_NAME } from './operators/operator-name.js';
export { isOperatorRole, OPERATOR_ROLES, type OperatorRole } from './operators/operator-role.js';
export { InvitationsService, type InvitationLink } from './operators/invitations/invitations.service.js';
export { SecondFactorService } from './operators/credentials/second-factor.service.js';
export { OperatorsService } from './operators/people/operators.service.js';
export { limitOf, ListQuery } from './lists/list-query.dto.js';
export { sendOAuthError } from './oauth/oauth-error.js';
export { isScope, type Scope, SCOPES } from './service-accounts/scope.js';
export type { ServiceAccount } from './service-accounts/service-account.entity.js';
export {
  type ClientCredentials,
  ServiceAccountsService,
} from './service-accounts/service-accounts.service.js';
