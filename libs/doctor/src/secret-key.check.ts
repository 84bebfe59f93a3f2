import { KeyMismatchError, openKey, type SigningKey } from '@app/auth';
import { KeyringService, SealerService } from '@app/crypto';
import type { Check, Diagnosis } from './diagnosis.js';
import type { DoctorContext } from './doctor-context.js';

/** Faults of `SECRET_KEY` and the signing keys. */
export const SECRET_KEY_DIAGNOSES = {
  secret_key_wrong: {
    title: { en: 'SECRET_KEY does not decrypt the signing keys', zh: 'SECRET_KEY 无法解密签名密钥' },
    cause: {
      en: 'They were encrypted under another `SECRET_KEY`: it was changed or lost, or the database belongs to another installation. In development without `SECRET_KEY`: the file `data/secret.key` was removed.',
      zh: '签名密钥是用另一个 `SECRET_KEY` 加密的：它被更改或丢失，或该数据库属于另一套部署。如果是未设置 `SECRET_KEY` 的开发环境，则是 `data/secret.key` 被删除。',
    },
    fix: {
      en: 'Set the former `SECRET_KEY` again. To change it, put the former value into `SECRET_KEY_FALLBACKS`, then run `npm run keys -- reseal`. If it is lost permanently, the encrypted data cannot be read.',
      zh: '恢复原来的 `SECRET_KEY`。若要更换：先把旧值放入 `SECRET_KEY_FALLBACKS`，再运行 `npm run keys -- reseal`。如果已经彻底丢失，加密的数据将无法读取。',
    },
  },
  signing_key_changed: {
    title: { en: 'A signing key was changed in the database', zh: '数据库中的签名密钥被改动' },
    cause: {
      en: 'The column `public_jwk` of `signing_keys` does not match the encrypted private key in the same row. The service never writes such a row: a person or program with write access to the database changed it. With their own public key there, they could sign access tokens for any user.',
      zh: '表 `signing_keys` 中该行的 `public_jwk` 与同一行中加密保存的私钥不匹配。本服务不会写入这样的数据，说明有人或其他程序凭数据库写权限改动了它。如果公钥被替换成攻击者自己的，攻击者就能签发任意用户的 access 令牌。',
    },
    fix: {
      en: 'Find out who can write to the database. Then restore the row from a backup, or delete it: access tokens of that key become invalid, clients refresh automatically, and the service creates a new key.',
      zh: '先查明谁能写入数据库；然后从备份恢复该行，或删除该行：该密钥签发的 access 令牌随之失效，客户端会自动刷新，服务会生成新密钥。',
    },
  },
} as const satisfies Record<string, Diagnosis>;

/** Checks whether the keys in the database open and are unchanged. */
export const secretKeyCheck: Check<DoctorContext> = {
  title: { en: 'SECRET_KEY and the signing keys', zh: 'SECRET_KEY 与签名密钥' },
  async run(context) {
    const rows = await context.signingKeys();
    if (!rows || rows.length === 0) return 'unchecked';
    const sealer = new SealerService(new KeyringService(context.config));
    const faults = rows.flatMap((row) => {
      const fault = faultOf(sealer, row);
      return fault ? [{ fault, about: `${row.state} ${row.id}` }] : [];
    });
    return Object.entries(SECRET_KEY_DIAGNOSES).flatMap(([name, diagnosis]) => {
      const about = faults.filter(({ fault }) => fault === name).map((one) => one.about);
      return about.length > 0 ? [{ diagnosis, about: about.join(', ') }] : [];
    });
  },
};

function faultOf(sealer: SealerService, row: SigningKey): keyof typeof SECRET_KEY_DIAGNOSES | undefined {
  try {
    openKey(sealer, row);
    return undefined;
  } catch (error) {
    return error instanceof KeyMismatchError ? 'signing_key_changed' : 'secret_key_wrong';
  }
}
