/**
 * Doubles of the delivery plugin for the tests of plugins that ask it.
 *
 * @packageDocumentation
 */
export * from './fakeDelivery';
export type { DeliveryService, LabelName } from '../service';
