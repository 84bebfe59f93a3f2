/**
 * The form of the names of operators. 27 characters fit into `actor` of the audit log, behind {@link actorOf}'s prefix.
 * Databases disagree on the equality of other texts: MariaDB ignores trailing spaces.
 */
export const OPERATOR_NAME = /^[a-z0-9][a-z0-9.-]{0,26}$/;

/** Returns the `actor` of audit events of an operator. */
export const actorOf = (name: string): string => `operator:${name}`;
