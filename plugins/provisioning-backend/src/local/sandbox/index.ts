export { probeSandbox, type ProbeOptions } from './probe';
export { runConfined, type RunOptions, type RunResult } from './runConfined';
export {
  SERVICE_LIMITS,
  testLimits,
  type Limits,
  type NoSandbox,
  type Programs,
  type Sandbox,
} from './sandbox';
