/** The words of the signing keys. */
export const keys = {
  title: 'Signing keys',
  text: 'They sign access tokens. Other back ends read their public halves from /.well-known/jwks.json.',
  columns: { id: 'kid', state: 'State', created: 'Created' },
  states: {
    next: { name: 'Next', what: 'Published, signs after the next rotation' },
    current: { name: 'Current', what: 'Signs' },
    previous: { name: 'Previous', what: 'Still verifies tokens that it has signed' },
  },
  rotate: 'Rotate the keys',
  rotateTitle: 'Rotate the signing keys',
  rotateText:
    'The next key becomes the current one, and a new one is published. No token becomes invalid. The next key must have been published for six minutes.',
  rotated: 'The keys are rotated.',
  compromised: 'Compromised',
  compromisedTitle: (kid: string) => `The key ${kid} is compromised`,
  compromisedText: [
    'The current and the previous key are dropped, and the next key signs immediately.',
    'Every access token that they have signed becomes invalid. Mini-programs get a new one with the next refresh: no user has to log in again.',
    'Back ends that verify tokens themselves follow when they read the keys again. This cannot be undone.',
  ],
  compromisedAct: 'Drop the keys',
  dropped: 'The compromised keys are dropped.',
};
