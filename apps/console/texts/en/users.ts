/** The words of the list of users. */
export const users = {
  title: 'Users',
  search: 'Search',
  by: 'Search by',
  fields: {
    q: 'Nickname or id',
    phone: 'Phone number',
    openid: 'openid',
    unionid: 'unionid',
  },
  hints: {
    q: 'The beginning of a nickname, or of an id from eight characters on',
    phone: 'The whole number; without a country code it is one of China. Written to the audit log',
    openid: 'The whole openid. Written to the audit log',
    unionid: 'The whole unionid. Written to the audit log',
  },
  clear: 'Clear',
  columns: { user: 'User', phone: 'Phone', apps: 'Apps', created: 'Created', state: 'State' },
  state: 'State',
  filters: { all: 'All', active: 'Active', disabled: 'Disabled', deleting: 'Being deleted' },
  states: { active: 'Active', disabled: 'Disabled', leaving: 'Being deleted', merged: 'Merged' },
  noNickname: 'No nickname',
  empty: 'No user yet. The first login creates one.',
  nothingFound: 'No user matches. A nickname is found by its beginning, in its own case.',
  noSuchUser: 'No user has exactly this.',
};
