/** The words of the overview. */
export const overview = {
  title: 'Overview',
  range: 'Range',
  ranges: { '24h': '24 hours', '7d': '7 days', '30d': '30 days' },
  users: 'Users',
  activeToday: 'Active today',
  days: 'Days are those of UTC.',
  logins: 'Logins',
  newUsers: 'New users',
  refusals: 'Refused logins',
  phoneNumbers: 'Phones bound',
  deletionsDue: 'Deletions due',
  plot: (label: string, total: string, highest: string, at: string) =>
    `${label}: ${total} in all, at most ${highest} (${at})`,
  plotEmpty: (label: string) => `${label}: none`,
  refusalsByCode: 'Why logins were refused',
  noRefusal: 'No login was refused.',
  columns: { code: 'Reason', count: 'Count', appid: 'App', people: 'People' },
  peopleByApp: 'People by app',
  weixin: {
    title: 'WeChat',
    circuit: 'Answers',
    circuits: { closed: 'Yes', half_open: 'Trying again', open: 'No: logins fail immediately' },
    exchange: 'Exchange of a code',
    noExchange: 'None yet',
    note: 'As the instance that answers this page sees it.',
  },
};
