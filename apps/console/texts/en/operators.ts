/** The words of the operators. */
export const operators = {
  title: 'Operators',
  me: 'you',
  columns: { name: 'Name', role: 'Role', created: 'Since', seen: 'Last seen', acts: 'Actions' },
  roles: {
    viewer: 'sees users, events and apps',
    operator: 'also changes users and webhooks',
    owner: 'also rotates keys and manages operators',
  },
  never: 'Never',
  invite: 'Invite an operator',
  nameHint: 'At most 27 lower-case letters, digits, dots and hyphens',
  link: 'Link',
  linkTitle: 'The invitation',
  linkText:
    'Send this link to the person over a channel that you trust. It works once, for 30 minutes, and is not shown again.',
  reset: 'Reset',
  resetTitle: (name: string) => `Reset the sign-in of ${name}`,
  resetText:
    'The password, the authenticator app, the recovery codes and all sessions become invalid. You get a link for new ones.',
  pending: 'Pending invitations',
  expires: 'Expires',
  withdraw: 'Withdraw',
  withdrawTitle: (name: string) => `Withdraw the invitation of ${name}`,
  withdrawText: 'The link becomes invalid immediately. You can invite the person again.',
  withdrawn: (name: string) => `The invitation of ${name} is withdrawn.`,
  remove: 'Remove',
  removeTitle: (name: string) => `Remove ${name}`,
  removeText: 'The sessions end immediately. The audit log still has what this operator did.',
  removed: (name: string) => `${name} is removed.`,
};
