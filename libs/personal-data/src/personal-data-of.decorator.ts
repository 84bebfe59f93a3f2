import type { Type } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { PersonalDataHandler } from './personal-data-handler.js';

/** The metadata of {@link PersonalDataOf}. */
export const HANDLED_ENTITY = DiscoveryService.createDecorator<Type<object>>();

/**
 * Registers a provider as the handler of a table that stores rows of users.
 * @example
 * ```ts
 * @PersonalDataOf(Order)
 * export class OrderPersonalData implements PersonalDataHandler { … }
 * ```
 */
export const PersonalDataOf = (entity: Type<object>): ((handler: Type<PersonalDataHandler>) => void) =>
  HANDLED_ENTITY(entity);
