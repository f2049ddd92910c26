export type {
  EffectContext,
  EffectDriver,
  EffectOutput,
  EffectRequest,
  EffectResult,
  EffectRun,
  Sighting,
} from '@fawkes/backstage-plugin-provisioning-node';
