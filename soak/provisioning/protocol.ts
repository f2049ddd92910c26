import type { EffectType } from '@fawkes/backstage-plugin-provisioning-common';
import type { BackendSettings } from '../../bench/provisioning/protocol';

/** Where in an effect a process dies: before it began, in the middle, and when it was done and nobody wrote it down. */
export const MOMENTS = ['before', 'during', 'after'] as const;
export type Moment = (typeof MOMENTS)[number];

/** What a backend that will die is started with. */
export interface MortalSettings extends BackendSettings {
  /** File that what is told to the delivery plugin is appended to, a line each. */
  heard: string;
}

/** What it is told: where to wait for its death. */
export interface Order {
  type: EffectType;
  moment: Moment;
}

/** What it says. */
export type Report =
  | { report: 'serving'; port: number }
  /** It is there, and goes no further but for `during`. */
  | { report: 'there' };
