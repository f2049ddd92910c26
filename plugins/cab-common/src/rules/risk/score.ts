import { compareText } from '@fawkes/kit-contract';
import type {
  FactName,
  ReplayBody,
  RiskInputs,
  RiskResult,
  RiskRoute,
} from '../../contract';
import { digestOf } from '../canonical';
import { factorOf } from './factors';
import { heldFloor, Look } from './floors';
import type { RiskModel } from './model';
import { ENGINE_VERSION, RISK_MODELS, type KnownModel } from './models';
import type { FactValues } from './reading';

/** Above this the board decides, in thousandths of a point. @public */
export const BOARD_ABOVE = 50_000;

/** What a model makes of facts, before hashes. @public */
export type Scored = Pick<
  RiskResult,
  'factors' | 'missing' | 'floors' | 'weighted' | 'score' | 'shown' | 'route'
>;

/** The values of facts. @public */
export function valuesOf(inputs: RiskInputs): FactValues {
  return Object.fromEntries(
    Object.entries(inputs)
      .filter(([, fact]) => fact !== undefined)
      .map(([name, fact]) => [name, fact!.value]),
  );
}

/** Works out a risk. Whole numbers only; the same facts give the same result. @public */
export function scoreOf(
  model: RiskModel,
  facts: FactValues,
  refsOf: (fact: FactName) => string[] = () => [],
): Scored {
  const results = model.factors.map(factor => ({
    factor,
    ...factorOf(factor, facts, model.unknown),
  }));
  const missing = new Set(results.flatMap(result => result.missing));
  const permilles = new Map(
    results.map(({ factor, permille }) => [factor.id, permille]),
  );
  if (countUnknown(facts.exceptionsUsed)) missing.add('exceptionsUsed');
  const look = new Look(model, facts, permilles, missing);
  const floors = model.floors
    .map(floor => heldFloor(floor, look, refsOf))
    .filter(floor => floor !== undefined)
    .sort((a, b) => compareText(a.id, b.id));
  const weighted = results.reduce(
    (sum, { factor, permille }) => sum + factor.weight * permille,
    0,
  );
  const score = Math.max(weighted, ...floors.map(({ milli }) => milli));
  return {
    factors: results.map(({ factor, permille }) => ({
      id: factor.id,
      permille,
    })),
    missing: [...missing].sort(compareText),
    floors,
    weighted,
    score,
    shown: shownScore(score),
    route: routeOf(model, score),
  };
}

function countUnknown(value: unknown): boolean {
  return !Number.isSafeInteger(value) || Number(value) < 0;
}

/** Tenths rounded up, always one decimal: 50,001 is "50.1". @public */
export function shownScore(milli: number): string {
  const tenths = Math.ceil(milli / 100);
  return `${Math.floor(tenths / 10)}.${tenths % 10}`;
}

function routeOf(model: RiskModel, score: number): RiskRoute {
  const { routes } = model;
  return (routes.find(({ upTo }) => score <= upTo) ?? routes.at(-1)!).route;
}

/** Whether a result needs the board. @public */
export function needsBoard({ score }: Pick<RiskResult, 'score'>): boolean {
  return score > BOARD_ABOVE;
}

/**
 * Whether what was found stands in the way of submitting: an actual finding,
 * not one that is merely unknown.
 * @public
 */
export function blocksSubmit(
  model: RiskModel,
  { floors }: Pick<RiskResult, 'floors'>,
): boolean {
  const blocking = new Set(
    model.floors.filter(floor => floor.blocksSubmit).map(({ id }) => id),
  );
  return floors.some(({ id, unknown }) => blocking.has(id) && !unknown);
}

/**
 * Scores facts with a model and names result, model and inputs by their hashes.
 *
 * @throws RangeError for a version that is not known
 * @public
 */
export function replay(body: ReplayBody): RiskResult {
  const known = modelOf(body.modelVersion);
  const inputs = sortedInputs(body.inputs);
  const scored = scoreOf(known.model, valuesOf(inputs), fact => {
    const reference = inputs[fact]?.reference ?? [];
    return typeof reference === 'string' ? [reference] : reference;
  });
  const { modelHash } = known;
  const { factors, floors, missing, weighted, score } = scored;
  const { id, version } = known.model;
  const model = { id, version, modelHash, engineVersion: ENGINE_VERSION };
  return {
    ...scored,
    modelHash,
    engineVersion: ENGINE_VERSION,
    inputsHash: digestOf({
      modelVersion: body.modelVersion,
      asOf: body.asOf,
      inputs,
    }),
    riskResultHash: digestOf({
      model,
      factors,
      floors,
      missing,
      weighted,
      score,
    }),
  };
}

/**
 * A model by its version.
 *
 * @throws RangeError for a version that is not known
 * @public
 */
export function modelOf(version: string): KnownModel {
  const known = RISK_MODELS.get(version);
  if (!known) throw new RangeError(`There is no risk model ${version}`);
  return known;
}

/** Inputs with sets in the order in which they are hashed, and nothing absent. */
function sortedInputs(inputs: RiskInputs): RiskInputs {
  return Object.fromEntries(
    Object.entries(inputs)
      .filter(([, fact]) => fact !== undefined)
      .map(([name, fact]) => [
        name,
        Array.isArray(fact!.reference)
          ? {
              ...fact,
              reference: [...new Set(fact!.reference)].sort(compareText),
            }
          : fact,
      ]),
  ) as RiskInputs;
}
