import { OperatorAttemptsService } from './attempts/operator-attempts.service.js';
import { PasswordsService } from './credentials/passwords.service.js';
import { SecondFactorService } from './credentials/second-factor.service.js';
import { AcceptancesService } from './invitations/acceptances.service.js';
import { InvitationsController } from './invitations/invitations.controller.js';
import { InvitationsService } from './invitations/invitations.service.js';
import { PendingInvitationsController } from './invitations/pending-invitations.controller.js';
import { OperatorsController } from './people/operators.controller.js';
import { OperatorsService } from './people/operators.service.js';
import { SetupController } from './people/setup.controller.js';
import { OperatorConfirmationsService } from './sessions/operator-confirmations.service.js';
import { OperatorCookieService } from './sessions/operator-cookie.service.js';
import { OperatorLoginController } from './sessions/operator-login.controller.js';
import { OperatorLoginService } from './sessions/operator-login.service.js';
import { OperatorPrincipalsService } from './sessions/operator-principals.service.js';
import { OperatorSessionController } from './sessions/operator-session.controller.js';
import { OperatorSessionsService } from './sessions/operator-sessions.service.js';
import { OriginsService } from './sessions/origins.service.js';
import { OperatorAttempt } from './tables/operator-attempt.entity.js';
import { OperatorInvitation } from './tables/operator-invitation.entity.js';
import { OperatorRecoveryCode } from './tables/operator-recovery-code.entity.js';
import { OperatorSession } from './tables/operator-session.entity.js';
import { Operator } from './tables/operator.entity.js';

// What the AdminModule has for operators.

export const OPERATOR_TABLES = [
  Operator,
  OperatorAttempt,
  OperatorInvitation,
  OperatorRecoveryCode,
  OperatorSession,
];

export const OPERATOR_CONTROLLERS = [
  InvitationsController,
  OperatorLoginController,
  OperatorsController,
  OperatorSessionController,
  PendingInvitationsController,
  SetupController,
];

export const OPERATOR_PROVIDERS = [
  AcceptancesService,
  InvitationsService,
  OperatorAttemptsService,
  OperatorConfirmationsService,
  OperatorCookieService,
  OperatorLoginService,
  OperatorPrincipalsService,
  OperatorSessionsService,
  OperatorsService,
  OriginsService,
  PasswordsService,
  SecondFactorService,
];
