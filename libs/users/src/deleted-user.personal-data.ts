import { type PersonalDataHandler, PersonalDataOf, type StoredColumns } from '@app/personal-data';
import { DeletedUser } from './deleted-user.entity.js';

const ONLY_AFTER_ERASURE = {
  omittedBecause: 'The id and the time are written when everything else was erased.',
};

const NO_END = { en: 'no end: leads to no person', zh: '长期保存，无法据此识别个人' };

@PersonalDataOf(DeletedUser)
export class DeletedUserPersonalData implements PersonalDataHandler {
  readonly stores: readonly StoredColumns[] = [
    {
      columns: ['user_id', 'deleted_at'],
      purpose: { en: 'answers old refresh tokens of the user', zh: '用来响应该用户的旧 refresh 令牌' },
      until: NO_END,
    },
    {
      columns: ['swept_to', 'swept_at'],
      purpose: { en: 'repeats the erasure once, for rows that arrived late', zh: '再清除一次迟到的数据' },
      until: NO_END,
    },
  ];

  readonly merge = ONLY_AFTER_ERASURE;
  readonly export = ONLY_AFTER_ERASURE;
  readonly erase = {
    omittedBecause:
      'The row answers old refresh tokens, and it leads to no person: only the id and the time stay.',
  };
}
