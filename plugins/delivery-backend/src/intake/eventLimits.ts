import { MAX_EVENTS } from '@fawkes/backstage-plugin-delivery-common';

/**
 * What one event may be: 1 MiB of characters, 64 levels deep, 32,768 values. A
 * megabyte of shas holds 25,000 of them.
 */
export const EVENT_LIMITS = {
  items: MAX_EVENTS,
  itemLength: 1024 * 1024,
  depth: 64,
  values: 32 * 1024,
};
