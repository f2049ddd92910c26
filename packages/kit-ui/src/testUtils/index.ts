/**
 * For tests of screens: a portal around them, signals, two languages.
 *
 * @packageDocumentation
 */
export { expectSameMessages } from './expectSameMessages';
export {
  fakeSignals,
  type FakeSignals,
  type SignalMessage,
} from './fakeSignals';
export { setElementWidth } from './setup';
export { refusedBy } from './refusedBy';
export { renderInPortal, type PortalOptions } from './renderInPortal';
export { spied, type Spied } from './spied';
export { findUntranslated, readOut } from './untranslated';
