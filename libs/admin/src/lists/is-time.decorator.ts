import { buildMessage, ValidateBy } from 'class-validator';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** Accepts an ISO 8601 time with a time zone, which `Date.parse` understands. */
export const IsTime = (): PropertyDecorator =>
  ValidateBy({
    name: 'isTime',
    validator: {
      validate: (value) => typeof value === 'string' && TIME.test(value) && !Number.isNaN(Date.parse(value)),
      defaultMessage: buildMessage(
        (each) => `${each}$property must be a time with a time zone, such as 2026-01-31T08:00:00Z`,
      ),
    },
  });
