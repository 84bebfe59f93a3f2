import { privateHalf } from '@app/auth';
import { Keyring, Sealer } from '@app/crypto';
import type { Check, Diagnosis } from './diagnosis.js';
import type { Evidence } from './evidence.js';

/** What can be wrong with `SECRET_KEY`. */
export const SECRET_KEY_DIAGNOSES = {
  secret_key_wrong: {
    title: { en: 'SECRET_KEY does not open the signing keys', zh: 'SECRET_KEY 无法解开签名密钥' },
    cause: {
      en: 'They were sealed under another `SECRET_KEY`: it was changed or lost, or the database is of another installation. On a laptop without `SECRET_KEY` the file `data/secret.key` was removed.',
      zh: '签名密钥由另一个 `SECRET_KEY` 密封：它被更改或丢失，或该数据库属于另一套部署。若在开发机上未设置 `SECRET_KEY`，则是 `data/secret.key` 被删除。',
    },
    fix: {
      en: 'Set the former `SECRET_KEY` again. To change it: put the former into `SECRET_KEY_FALLBACKS`, then run `npm run keys -- reseal`. If it is lost for good, nothing that was sealed can be read.',
      zh: '恢复原来的 `SECRET_KEY`。若要更换：先把旧值放入 `SECRET_KEY_FALLBACKS`，再运行 `npm run keys -- reseal`。若已彻底丢失，密封的数据将无法读取。',
    },
  },
} as const satisfies Record<string, Diagnosis>;

/** The keys in the database open. */
export const secretKeyCheck: Check<Evidence> = {
  title: { en: 'SECRET_KEY and the signing keys', zh: 'SECRET_KEY 与签名密钥' },
  async run(evidence) {
    const rows = await evidence.signingKeys();
    if (!rows || rows.length === 0) return 'unchecked';
    const sealer = new Sealer(new Keyring(evidence.config));
    const closed = rows.filter((row) => {
      try {
        privateHalf(sealer, row);
        return false;
      } catch {
        return true;
      }
    });
    if (closed.length === 0) return [];
    const about = closed.map(({ state, id }) => `${state} ${id}`).join(', ');
    return [{ diagnosis: SECRET_KEY_DIAGNOSES.secret_key_wrong, about }];
  },
};
