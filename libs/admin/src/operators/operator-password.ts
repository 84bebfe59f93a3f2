/** Characters of the password of an operator. The second factor does the rest: no classes of characters are required. */
export const PASSWORD_LENGTH = { min: 12, max: 256 } as const;
