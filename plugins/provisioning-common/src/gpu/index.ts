/**
 * GPU hosts: what can be shared how, and where MIG instances lie. Pure: no clock,
 * no I/O. The facts of the boards are here, so whoever needs none leaves this door
 * closed.
 *
 * @packageDocumentation
 */
export {
  gpuFindingSchema,
  SEVERITIES,
  type GpuFinding,
  type Severity,
} from './findings';
export { archOf, type Arch } from './gates';
export * from './mig';
export * from './spec';
export { validateGpuHost } from './validate';
export { gpuVerdictSchema, type GpuVerdict } from './verdict';
export { gpuWords, type GpuCode } from './words';
