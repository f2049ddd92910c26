import { places as ofDelivery } from './delivery/places';
import { settled as deliverySettled } from './delivery/settled';
import { places as ofProvisioning } from './provisioning/places';
import { settled as provisioningSettled } from './provisioning/settled';
import { places as ofCab } from './cab/places';
import { settled as cabSettled } from './cab/settled';
import { places as ofDojo } from './dojo/places';
import { settled as dojoSettled } from './dojo/settled';
import { type Place, shows } from './support/places';
import type { Portal } from './support/portal';

/** What a family of plugins adds to the journeys that concern all of them. */
interface Family {
  /** Stands before the names of its pages: two families may call one alike. */
  name: string;
  /** Its pages: looked at in both themes and on a narrow screen. */
  places: readonly Place[];
  /** Resolves when its part of the sample story has arrived. */
  settled(portal: Portal): Promise<void>;
}

export const families: readonly Family[] = [
  { name: 'delivery', places: ofDelivery, settled: deliverySettled },
  {
    name: 'provisioning',
    places: ofProvisioning,
    settled: provisioningSettled,
  },
  { name: 'cab', places: ofCab, settled: cabSettled },
  { name: 'dojo', places: ofDojo, settled: dojoSettled },
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
  ...families.flatMap(family =>
    family.places.map(place => ({
      ...place,
      name: `${family.name}: ${place.name}`,
    })),
  ),
];
