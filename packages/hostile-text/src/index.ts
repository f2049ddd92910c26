/**
 * Text made to slow parsers down, and how to tell that one is.
 *
 * @packageDocumentation
 */
export {
  HOSTILE_SHAPES,
  nextShapes,
  shapesOf,
  type HostileShape,
} from './shapes';
export { cpuTimeOf, leastCpuTimeOf, leastCpuTimeOfAsync } from './cpuTime';
export { outgrows } from './growth';
export { orRefused } from './orRefused';
