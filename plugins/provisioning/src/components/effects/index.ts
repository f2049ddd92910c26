export * from './EffectList';
export * from './Links';
export * from './PlannedEffects';
export * from './Seconds';
