import { places as ofDelivery } from './delivery/places';
import { settled as deliverySettled } from './delivery/settled';
import { places as ofProvisioning } from './provisioning/places';
import { settled as provisioningSettled } from './provisioning/settled';
import { places as ofDojo } from './dojo/places';
import { settled as dojoSettled } from './dojo/settled';
import { type Place, shows } from './support/places';
import type { Portal } from './support/portal';

/** What a family of plugins adds to the journeys that concern all of them. */
interface Family {
  /** Its pages: looked at in both themes and on a narrow screen. */
  places: readonly Place[];
  /** Resolves when its part of the sample story has arrived. */
  settled(portal: Portal): Promise<void>;
}

export const families: readonly Family[] = [
  { places: ofDelivery, settled: deliverySettled },
  { places: ofProvisioning, settled: provisioningSettled },
  { places: ofDojo, settled: dojoSettled },
];

/** The pages that are looked at in both themes and on a narrow screen: the portal's own, and every family's. */
export const places: readonly Place[] = [
  {
    name: 'sign-in',
    isPublic: true,
    open: page => shows(page, '/', 'Who would you like to be?'),
  },
  {
    name: 'home',
    open: page => shows(page, '/', 'Delivery performance of all'),
    opens: ['Sample data'],
  },
  ...families.flatMap(family => family.places),
];
