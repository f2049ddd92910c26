/**
 * What permission policies are made of.
 *
 * @packageDocumentation
 */
export {
  cabEntityConditions,
  cabEntityResourceRef,
  createCabEntityConditionalDecision,
  type CabEntity,
  type CabEntityFilter,
} from './permissions/rules';
