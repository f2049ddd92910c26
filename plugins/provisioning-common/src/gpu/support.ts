import type { Findings } from './findings';
import { archOf, GATE, SUPPORT, VENDORS_OF, type Resolved } from './gates';
import { nameOf } from './hostGpus';
import type { SharedGroup } from './sharing';
import type { GpuHostSpec } from './spec';

/** Gate 1: whether the GPUs run on such a host at all. */
export function checkSupport(
  spec: GpuHostSpec,
  groups: readonly SharedGroup[],
  findings: Findings,
): void {
  const arch = archOf(spec.arch);
  for (const { group, path, methods } of groups) {
    const { vendor } = group;
    const words = { vendor, arch: arch ?? spec.arch };
    const at = `${path}.vendor`;
    const support = arch ? SUPPORT[arch][vendor] : 'refused';
    if (support === 'refused')
      findings.add('support', 'error', 'arch', 'ARCH_UNSUPPORTED', words);
    else if (support === 'experimental' && !spec.allowExperimental)
      findings.add('support', 'error', at, 'EXPERIMENTAL_FLAG_REQUIRED', words);
    else if (support === 'experimental')
      findings.add('support', 'warning', at, 'EXPERIMENTAL', words);

    if (arch === 'riscv64' && methods.includes('amd-partition'))
      findings.add('support', 'error', `${path}.sharing`, 'ARCH_TOOLKIT', {
        what: 'amd-partition',
        arch,
      });
  }
  const { software } = spec;
  if (arch === 'riscv64' && isOn(software?.rocm))
    findings.add('support', 'error', 'software.rocm', 'ARCH_TOOLKIT', {
      what: 'ROCm',
      arch,
    });
  if (spec.facts?.jetson && software?.driverBranch !== undefined)
    findings.add('support', 'error', 'software.driverBranch', 'ARCH_TOOLKIT', {
      what: 'driverBranch',
      arch: 'Jetson',
    });
}

function isOn(version: string | undefined): boolean {
  return version !== undefined && version !== 'off';
}

/** Methods that a Jetson has. */
const ON_JETSON: readonly Resolved[] = ['none', 'time-slicing'];

/** Gate 2: whether a method goes with a vendor, in an environment, with a driver. */
export function checkGate(
  { environment, facts }: GpuHostSpec,
  { group, path, methods }: SharedGroup,
  findings: Findings,
): void {
  const at = `${path}.sharing`;
  const { vendor, binding } = group;
  for (const method of methods) {
    if (!VENDORS_OF[method].includes(vendor)) {
      const words = { method, vendor };
      findings.add('vendor', 'error', at, 'SHARING_VENDOR', words);
      continue;
    }
    if (facts?.jetson && vendor === 'nvidia' && !ON_JETSON.includes(method)) {
      if (method === 'mig')
        findings.add('board', 'error', at, 'MIG_BOARD', {
          board: nameOf(group),
        });
      else findings.add('board', 'error', at, 'BOARD_SHARING');
    }
    switch (GATE[method][environment][binding]) {
      case 'SHARING_ENVIRONMENT':
        findings.add('environment', 'error', at, 'SHARING_ENVIRONMENT', {
          method,
          environment,
        });
        break;
      case 'BINDING_CONFLICT':
        findings.add(
          'binding',
          'error',
          `${path}.binding`,
          'BINDING_CONFLICT',
          {
            method,
            binding,
          },
        );
        break;
      case 'BINDING_ENVIRONMENT':
        findings.add(
          'binding',
          'error',
          `${path}.binding`,
          'BINDING_ENVIRONMENT',
          { environment },
        );
        break;
      case 'warn':
        warn(method, environment, at, findings);
        break;
      default:
    }
  }
}

/** Methods that let one take the memory of all. */
const WITHOUT_ISOLATION: readonly Resolved[] = [
  'time-slicing',
  'level-zero',
  'oneapi',
];

function warn(
  method: Resolved,
  environment: GpuHostSpec['environment'],
  path: string,
  findings: Findings,
): void {
  if (WITHOUT_ISOLATION.includes(method))
    findings.add('environment', 'warning', path, 'NO_MEMORY_ISOLATION', {
      method,
    });
  if (environment === 'container')
    findings.add('environment', 'warning', path, 'SET_BY_HOST', { method });
  if (method === 'passthrough')
    findings.add('environment', 'warning', path, 'NO_GUEST');
}
