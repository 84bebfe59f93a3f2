/** The words of the page in English; zh.ts has the same in Chinese. */
export const en = {
  page: {
    title: 'Sandbox: this is not WeChat',
    sandbox: 'sandbox',
    notWeChat: 'This is not WeChat.',
    note: 'All users are fictional, and nothing leaves this machine.',
    notBuilt: 'The phone is not built yet: run <code>npm run build</code>, then reload this page.',
    secondPhone: 'Second phone',
    other: '中文',
    otherLanguage: 'zh',
    help: {
      title: 'Without the phone: the sandbox by hand',
      what: 'The sandbox imitates the server API of WeChat’s mini-programs for development and tests. No AppID is needed.',
      code: 'What <code>wx.login()</code> returns on a phone:',
      another: 'The same for another user and the other app:',
      exchange: 'What a back end does with the code:',
    },
  },
  phone: {
    name: (id: string) => `Phone ${id}`,
    user: 'WeChat user',
    network: 'Network',
    networks: {
      online: { name: 'Online', what: 'Requests and answers arrive immediately' },
      slow: { name: 'Slow', what: 'Each request and each answer takes 1.5 s' },
      lossy: { name: 'Lossy', what: 'The answer of every second request is lost' },
      off: { name: 'Off', what: 'No network' },
    },
    reopen: 'Reopen',
    pullDown: 'Pull down',
    background: 'Background',
    lacks: (what: string) => `This phone lacks what a real one may have: ${what}`,
  },
  stories: {
    title: 'Stories',
    intro:
      'Your service exchanges WeChat’s login code for two tokens: access (5 minutes, goes with each call) and refresh (30 days, fetches the next pair). Press a story: it plays on the phones, and a star ★ marks the message that decides it.',
    stuck: 'The expected message did not come. Does the service run?',
    list: {
      login: {
        name: 'Log in once',
        before:
          'The phone gets a code from wx.login(), and the service exchanges it for its own tokens. Then the mini-program is closed and opened again.',
        after: 'The second start needed no code and no login: the stored access token was accepted (★).',
      },
      offline: {
        name: 'Write offline',
        before: 'The phone loses its network, writes, and is closed and opened before the network returns.',
        after: 'The entry waited in the phone’s storage, and one POST brought it to the service (★).',
      },
      conflict: {
        name: 'Two phones, one entry',
        before:
          'Both phones have the same version of the list (ETag) and no network. Phone 1 renames an entry, phone 2 ticks it.',
        after:
          'Phone 2 sent an old version (If-Match): 412 (★). It read the list, did its change again on the new version, and nothing is lost.',
      },
      twelve: {
        name: 'Twelve calls',
        before:
          'An access token lives 5 minutes. This one is refused earlier, and twelve calls need it at the same time.',
        after:
          'The token got 401, one refresh brought a new pair of tokens (★), and all calls went out with it: no login, no error for the user.',
      },
      lost: {
        name: 'Lost refresh',
        before:
          'The access token has expired. The service answers the refresh with new tokens, but the answer never reaches the phone.',
        after:
          'The phone sent the same refresh token again. Its successor was never used, so the service took it for a lost answer (★), and the session goes on.',
      },
      theft: {
        name: 'Stolen refresh token',
        before:
          'A thief (X) copies the refresh token and uses it first. Then the clocks go six minutes ahead, and the phone’s access token expires.',
        after:
          'The phone’s own refresh made the thief’s newer token void. When X used it (★), the service ended the session for both; the phone logged in again through WeChat.',
      },
      device: {
        name: 'End a device',
        before:
          'Phone 2 ends the session of phone 1 on its page 我的 (“me”). The access token of phone 1 is refused from then on.',
        after:
          'The refresh was refused too, with the reason (★). So phone 1 shows a button and does not log in again by itself.',
      },
      down: {
        name: 'WeChat is down',
        before: 'WeChat cuts every connection, and eleven logins come.',
        after:
          'After ten failures the service stopped asking: 503, Retry-After (★). The phone went on, because its tokens need no WeChat. WeChat is back.',
      },
      twice: {
        name: 'A code used twice',
        before:
          'A login code works once. Somebody who has copied one sends it after the service has exchanged it.',
        after:
          'WeChat answered 40163, the service 401 login_code_used (★): no token was issued, and the first session goes on.',
      },
    },
  },
  controls: {
    title: 'WeChat and the clock',
    login: 'Logins at WeChat',
    faults: {
      none: 'work',
      hang: 'get no answer',
      invalid: 'get 40029 invalid code',
      quota: 'get 45011 minute quota',
      busy: 'get -1 system error',
      down: 'are cut off',
    },
    otherFault: 'fail otherwise (set elsewhere)',
    modes: {
      unbound: 'No Open Platform: no unionid',
      ipWhitelist: 'Address not in the whitelist (40164)',
      secretFrozen: 'AppSecret frozen (40243)',
    },
    pushes: {
      buttons: {
        phone: 'Withdraw the phone number',
        profile: 'Withdraw nickname and avatar',
        account: 'Close the WeChat account',
      },
      done: (user: string) => `WeChat has reported it to the service, for ${user}.`,
      failed: (reason: string) => `The service did not take the push of WeChat: ${reason}`,
    },
    expire: 'Expire the access token',
    moves: { minute: '+1 minute', hour: '+1 hour', day: '+1 day' },
    now: (time: string) =>
      `Phones and service: ${time}. The clock goes forward only, until both are started again.`,
    alone: 'The service does not follow this clock: start both by npm start, with SQLite.',
  },
  messages: {
    decisive: 'decides the story',
    thief: 'A thief',
    title: 'Messages',
    region: 'Messages between mini-program, service and WeChat',
    empty: 'No message yet. Reopen the phone, or play a story.',
    clear: 'Clear',
    newest: 'Newest ↓',
    parties: {
      'mini-program': ['Mini-program', 'on the phone'],
      service: ['Your service', 'weapp-passport'],
      wechat: ['WeChat', 'this sandbox'],
    },
    outcomes: { sent: 'request', ok: 'answer', refused: 'refused', lost: 'no answer' },
    copy: 'Copy as curl',
    copied: 'Copied. What ends in … is masked.',
    answered: (ms: number) => `${ms} ms`,
    labels: {} as Readonly<Record<string, string>>,
  },
  tokens: {
    region: (id: string) => `Tokens of phone ${id}`,
    none: 'No tokens on this phone',
    expired: 'expired',
    days: (count: number) => `${count} days`,
    hours: (count: number) => `${count} h`,
    was: (value: string) => `was ${value}`,
    claims: {
      alg: 'signature algorithm',
      typ: 'type',
      kid: 'key in /.well-known/jwks.json',
      iss: 'issuer',
      aud: 'audience',
      sub: 'user id',
      client_id: 'appid',
      sid: 'session',
      gen: 'generation: rises with each refresh',
      jti: 'token id',
      iat: 'issued',
      exp: 'expires',
      token_type: 'access or refresh',
    } as Readonly<Record<string, string>>,
  },
};

/** What a table of texts has. */
export type Texts = typeof en;
