import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull, LessThan, Not } from 'typeorm';
import { type SealedColumn, SealerService } from '@app/crypto';
import { Database, newId, rowLock } from '@app/database';
import { Operator } from '../tables/operator.entity.js';
import { OperatorRecoveryCode } from '../tables/operator-recovery-code.entity.js';
import { type Enrolment, newEnrolment, normalizedRecoveryCode, totpStepOf } from './enrolment.js';
import { hashOf } from './secret-token.js';

const totpColumn = (id: string): SealedColumn => ({
  table: 'operators',
  column: 'totp_secret',
  primaryKey: id,
});

type SecretOfOperator = Pick<Operator, 'id' | 'totpSecret'>;

/** Checks and stores the second factors of operators. Each code works once, on all instances. */
@Injectable()
export class SecondFactorService {
  /** Has no row: its codes are checked, and can never be used. */
  private readonly absent: SecretOfOperator;

  constructor(
    private readonly sealer: SealerService,
    private readonly database: Database,
  ) {
    const id = newId();
    this.absent = { id, totpSecret: sealer.seal(newEnrolment().secret, totpColumn(id)) };
  }

  /**
   * Runs work in a write if a code of an operator is right and was not used. Then it is used, unless the work fails.
   * @param operator if a password hash is given, the code is wrong once the operator has another one. Undefined after a wrong
   * name or password: then every code is wrong, for the same work, and none is used
   * @param kinds whether a recovery code will do
   * @returns undefined if the code is wrong
   */
  confirmed<T>(
    operator: (Pick<Operator, 'id'> & Partial<Pick<Operator, 'passwordHash'>>) | undefined,
    code: string,
    kinds: 'totp' | 'any',
    work: (manager: EntityManager, operator: Operator) => Promise<T>,
  ): Promise<T | undefined> {
    const { id, passwordHash } = { passwordHash: null, ...(operator ?? this.absent) };
    const where = { id, passwordHash: passwordHash ?? Not(IsNull()) };
    return this.database.write(async (manager) => {
      const live = await manager.findOne(Operator, { where, ...rowLock(manager) });
      const checked = live ?? this.absent;
      const isRight =
        (await this.useTotp(manager, checked, code)) ||
        (kinds === 'any' && (await this.useRecoveryCode(manager, checked, code)));
      return live && isRight ? work(manager, live) : undefined;
    });
  }

  /** Returns the columns of an operator who enrols with a code. @returns undefined if the code is wrong */
  columns(id: string, { secret }: Enrolment, code: string) {
    const totpStep = totpStepOf(secret, code, this.database.clock.now());
    return totpStep === undefined
      ? undefined
      : { totpStep, totpSecret: this.sealer.seal(secret, totpColumn(id)) };
  }

  /** Replaces, in a write, the recovery codes of an operator. */
  async replaceRecoveryCodes(
    manager: EntityManager,
    operatorId: string,
    { recoveryCodes }: Enrolment,
  ): Promise<void> {
    await manager.delete(OperatorRecoveryCode, { operatorId });
    const rows = recoveryCodes.map((code) => ({ id: hashOf(normalizedRecoveryCode(code)), operatorId }));
    await manager.insert(OperatorRecoveryCode, rows);
  }

  /** Seals again what a fallback of `SECRET_KEY` sealed. @returns the number of secrets */
  reseal(): Promise<number> {
    return this.database.write(async (manager) => {
      const all = await manager.find(Operator, rowLock(manager));
      const stale = all.filter(({ totpSecret }) => !this.sealer.isCurrent(totpSecret));
      for (const { id, totpSecret } of stale)
        await manager.update(
          Operator,
          { id },
          { totpSecret: this.sealer.reseal(totpSecret, totpColumn(id)) },
        );
      return stale.length;
    });
  }

  private async useTotp(manager: EntityManager, { id, totpSecret }: SecretOfOperator, code: string) {
    const secret = this.sealer.unseal(totpSecret, totpColumn(id));
    const step = totpStepOf(secret, code, this.database.clock.now());
    if (step === undefined) return false;
    const { affected } = await manager.update(Operator, { id, totpStep: LessThan(step) }, { totpStep: step });
    return affected === 1;
  }

  private async useRecoveryCode(manager: EntityManager, { id: operatorId }: SecretOfOperator, code: string) {
    const id = hashOf(normalizedRecoveryCode(code));
    const { affected } = await manager.delete(OperatorRecoveryCode, { id, operatorId });
    return affected === 1;
  }
}
