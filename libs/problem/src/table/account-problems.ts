import type { ProblemSpec } from './problem-spec.js';

/** Problems of the export and the deletion of an account, and of consents. */
export const ACCOUNT_PROBLEMS = {
  login_code_foreign: {
    status: 403,
    title: { en: 'The login code is of another person', zh: '登录凭证 code 不属于当前用户' },
    cause: {
      en: 'WeChat says that the code is of an identity that the user of the access token does not have. Nothing was done.',
      zh: '微信返回的身份不属于 access 令牌对应的用户，操作未执行。',
    },
    fix: {
      en: 'Call `wx.login()` on the phone of this user and send the new code, with `appid` if the code is of another mini-program than the session.',
      zh: '在该用户的手机上重新调用 `wx.login()` 并发送新的 code；如果 code 与会话不属于同一小程序，请同时传 `appid`。',
    },
  },
  deletion_pending: {
    status: 409,
    title: { en: 'The account is about to be deleted', zh: '账号正在注销' },
    cause: {
      en: 'A deletion was requested before. Until it is cancelled, the account cannot be merged with another one, and a second request changes nothing.',
      zh: '此前已申请注销。撤销之前，不能与其他账号合并，重复申请也不会改变注销时间。',
    },
    fix: {
      en: '`GET /api/me/deletion` has the time, `DELETE /api/me/deletion` cancels it.',
      zh: '`GET /api/me/deletion` 查看注销时间，`DELETE /api/me/deletion` 撤销注销。',
    },
  },
  deletion_not_requested: {
    status: 404,
    title: { en: 'No deletion of the account was requested', zh: '账号没有待执行的注销' },
    cause: {
      en: 'It was never requested, or it is cancelled already.',
      zh: '没有申请过注销，或注销已经撤销。',
    },
    fix: { en: 'There is nothing to cancel.', zh: '无需撤销。' },
  },
  deletion_ledger_unavailable: {
    status: 503,
    title: { en: 'The deletion cannot be recorded now', zh: '暂时无法记录注销操作' },
    cause: {
      en: 'The file of `DELETION_LEDGER` cannot be written: the folder is read-only or the disk is full. Nothing was changed.',
      zh: '无法写入 `DELETION_LEDGER` 文件：目录只读或磁盘已满。没有做任何修改。',
    },
    fix: {
      en: 'The operator reads the reason in the log, then makes the file writable.',
      zh: '由运维人员查看日志中的原因，恢复文件的写入。',
    },
  },
  consent_required: {
    status: 403,
    title: { en: 'The login needs a consent', zh: '登录前需要用户同意' },
    cause: {
      en: 'The user has not agreed to each text of `CONSENT_REQUIRED` in its present version, or has withdrawn a consent. Nothing was stored, and no user was created.',
      zh: '用户尚未同意 `CONSENT_REQUIRED` 中某份文本的当前版本，或已撤回同意。没有保存任何数据，也没有创建用户。',
    },
    fix: {
      en: 'Show the texts of `required`. If the user agrees, call `wx.login()` again and log in with `consents`.',
      zh: '展示 `required` 中的文本；用户同意后重新调用 `wx.login()`，登录时带上 `consents`。',
    },
    members: {
      required: {
        schema: {
          type: 'array',
          items: {
            type: 'object',
            required: ['kind', 'version'],
            properties: { kind: { type: 'string' }, version: { type: 'string' } },
          },
          example: [{ kind: 'privacy', version: '3' }],
        },
        en: 'the consents that are missing: `kind` and `version` of each',
        zh: '缺少的同意，每项含 `kind`（类型）和 `version`（版本）',
      },
    },
  },
  consent_not_given: {
    status: 404,
    title: { en: 'The user has not given this consent', zh: '用户没有给予过该项同意' },
    cause: {
      en: 'There is no consent of this kind, or it is withdrawn already.',
      zh: '没有该类型的同意记录，或同意已经撤回。',
    },
    fix: { en: '`GET /api/me/consents` lists the consents.', zh: '用 `GET /api/me/consents` 查看同意记录。' },
  },
} as const satisfies Record<string, ProblemSpec>;
