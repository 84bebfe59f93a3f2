import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERRCODES } from '../../apps/sandbox/server/state/errcodes.js';
import { explainErrcode, WEIXIN_ERRCODES } from '../../libs/weixin-api/src/errcodes/weixin-errcodes.js';
import { useStack } from '../support/stack.js';

const HAN = /\p{Script=Han}/u;

describe('the table of errcodes', () => {
  it('has every errcode that the sandbox knows', () => {
    const unknown = Object.keys(ERRCODES).filter((errcode) => !(errcode in WEIXIN_ERRCODES));
    expect(unknown).toEqual([]);
  });

  it.each(Object.keys(WEIXIN_ERRCODES))(
    'explains %s in English and Chinese, on the page of each language',
    (errcode) => {
      const explained = explainErrcode(Number(errcode));
      const [page, chinesePage] = ['errors.md', 'zh-CN/errors.md'].map((name) =>
        readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8'),
      );
      for (const { en, zh } of [explained?.cause, explained?.fix].map((text) => text ?? { en: '', zh: '' })) {
        expect(en).toMatch(/^[A-Z`].*\.$/);
        expect(en).not.toMatch(HAN);
        expect(zh).toMatch(HAN);
        expect(page).toContain(`: ${en}`);
        expect(chinesePage).toContain(`：${zh}`);
      }
      for (const each of [page, chinesePage]) expect(each).toContain(`### ${errcode} `);
    },
  );

  it('explains only errcodes that exist', () => {
    expect(explainErrcode(12345)).toBeUndefined();
  });
});

/** As WeChat's users have reported them, word for word. */
const SEEN = [
  [40029, 'invalid code, rid: 6129ee10-272863a4-64d75414', 'login_code_invalid'],
  [40029, 'invalid code, hints: [ req_id: N37KMa0605th21 ]', 'login_code_invalid'],
  [40029, 'invalid code hint: [AEODTVNre-VuD5CA] rid: 630d6f98-39ffef88-0a3d55d8', 'login_code_invalid'],
  [40163, 'code been used, rid: 680a9de1-5392a330-75f1ca8d', 'login_code_used'],
  [40226, 'code blocked, hints: [ req_id: qEjdmsNre-EYNDhA ]', 'login_blocked'],
  [40013, 'invalid appid rid: 655d878c-2e41a3f4-65f9b9ba', 'weixin_misconfigured'],
  [40125, 'invalid appsecret rid: 67b81456-7702e5f9-2c9e1783', 'weixin_misconfigured'],
  [41002, 'appid missing rid: 6312cfb8-0d23d03a-67a424e5', 'weixin_misconfigured'],
  [45009, 'api freq out of limit', 'weixin_busy'],
] as const;

describe('a refusal of WeChat', () => {
  const stack = useStack();
  const refused = async (errcode: number, errmsg: string) => {
    await stack.breakWeixin('body', { body: { errcode, errmsg } });
    return stack.login<Record<string, unknown>>({ code: 'any' });
  };

  it.each(SEEN)('%i "%s" is %s, with the rid if there is one', async (errcode, errmsg, code) => {
    const rid = /rid: (\S+)$/.exec(errmsg)?.[1];
    const { body } = await refused(errcode, errmsg);
    expect(body).toMatchObject({ code, weixin_errcode: errcode });
    expect(body['weixin_rid']).toBe(rid);
  });

  it('for an address that is not in the whitelist is logged with the address and the fix, and answered with neither', async () => {
    const errmsg =
      'invalid ip 218.58.124.130 ipv6 ::ffff:218.58.124.130, not in whitelist rid: 611740a4-27f9a8ba-065da01b';
    const { text } = await refused(40164, errmsg);
    expect(text).toContain('weixin_misconfigured');
    expect(text).not.toContain('218.58');
    const line = stack.logs.find((entry) => entry.includes('40164')) ?? '';
    expect(JSON.parse(line)).toMatchObject({
      level: 50,
      errcode: 40164,
      errmsg,
      fix: explainErrcode(40164)?.fix.en,
    });
  });
});
