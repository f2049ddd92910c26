export {
  modelSchema,
  type RiskFactor,
  type RiskFloor,
  type RiskModel,
} from './model';
export {
  CURRENT_MODEL,
  ENGINE_VERSION,
  RISK_MODELS,
  type KnownModel,
} from './models';
export type { FactValues } from './reading';
export * from './score';
export * from './waterfall';
