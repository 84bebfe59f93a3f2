import type { Type } from '@nestjs/common';
import { getMetadataArgsStorage } from 'typeorm';

/** Returns whether an entity has a column that holds the id of a user, such as `user_id` or `merged_user_id`. */
export function belongsToUser(entity: Type<object>): boolean {
  const { columns, joinColumns, relations } = getMetadataArgsStorage();
  return [
    ...columns.map(({ target, propertyName, options }) => ({ target, name: options.name ?? propertyName })),
    ...joinColumns.map(({ target, propertyName, name }) => ({ target, name: name ?? `${propertyName}Id` })),
    // A relation without @JoinColumn has a column of this name too.
    ...relations.map(({ target, propertyName }) => ({ target, name: `${propertyName}Id` })),
  ].some(
    ({ target, name }) =>
      typeof target === 'function' &&
      (target === entity || entity.prototype instanceof target) &&
      /user_?id$/i.test(name),
  );
}

/** Returns the name of the table of an entity. */
export function tableNameOf(entity: Type<object>): string {
  const table = getMetadataArgsStorage().tables.find(({ target }) => target === entity);
  return table?.name ?? entity.name;
}
