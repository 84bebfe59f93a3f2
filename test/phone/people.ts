import type { Answer } from '../support/http.js';
import type { useStack } from '../support/stack.js';

/** Who calls, and for which mini-program. */
export interface Person {
  user: string;
  userId: string;
  token: string;
  /** What a getPhoneNumber button gives this person. */
  phoneCode: (phone?: string) => Promise<string>;
  /** What the button gives in older base libraries. */
  openData: (data: object) => Promise<{ encryptedData: string; iv: string }>;
  bind: (json: unknown) => Promise<Answer>;
  /** The number of the profile. */
  phone: () => Promise<unknown>;
}

let people = 0;

/** A new person who has logged in. */
export async function newPerson(stack: ReturnType<typeof useStack>, appid?: string): Promise<Person> {
  people += 1;
  const user = `phone-${people}`;
  const whose = { user, ...(appid && { appid }) };
  const { body } = await stack.login({ code: await stack.code(user, appid), ...(appid && { appid }) });
  const { access: token, user_id: userId } = body;
  return {
    user,
    userId,
    token,
    phoneCode: (phone) => phoneCode(stack, { ...whose, ...(phone && { phone }) }),
    openData: async (data) => {
      const made = await stack.sandbox<{ encryptedData: string; iv: string }>('POST', '/sandbox/open-data', {
        ...whose,
        data,
      });
      return { encryptedData: made.body.encryptedData, iv: made.body.iv };
    },
    bind: (json) => stack.call('/api/me/phone', { token, json }),
    phone: async () => (await stack.call('/api/me', { token })).body['phone'],
  };
}

/** What a getPhoneNumber button gives. */
export async function phoneCode(
  stack: ReturnType<typeof useStack>,
  whose: { user?: string; appid?: string; phone?: string },
): Promise<string> {
  const { body } = await stack.sandbox('POST', '/sandbox/phone-codes', whose);
  return String(body['code']);
}
