import type { EffectType } from '@fawkes/backstage-plugin-provisioning-common';
import type { EffectDriver, EffectRequest } from './driver';

/** Knows who makes which effect. */
export class Drivers {
  constructor(private readonly drivers: () => readonly EffectDriver[]) {}

  /** The first that makes effects of a type for a request; undefined for none. */
  of(type: EffectType, request: EffectRequest): EffectDriver | undefined {
    return this.drivers().find(
      driver => driver.types.includes(type) && driver.makes(request),
    );
  }
}
