import { digestOf } from '../../canonical';
import { modelSchema, type RiskModel } from '../model';
import v1 from './cab-risk-1.0.0.json';

/** A model with the hash of its data. @public */
export interface KnownModel {
  /** What decides. */
  model: RiskModel;
  /** SHA-256 over the canonical form of the data file. */
  modelHash: string;
}

/** Version of the code that carries models out; it rises when a result could change. @public */
export const ENGINE_VERSION = '1.0.0';

/** The version that new change requests are scored with. @public */
export const CURRENT_MODEL = '1.0.0';

/** Every model there ever was, by version: what was scored can be scored again. @public */
export const RISK_MODELS: ReadonlyMap<string, KnownModel> = new Map(
  [v1].map(data => [
    data.version,
    { model: modelSchema.parse(data), modelHash: digestOf(data) },
  ]),
);
