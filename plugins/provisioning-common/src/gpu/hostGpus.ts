import { boardOfPciId, boardsOfModel, normalPciId, type MigBoard } from './mig';
import type { GpuGroup, GpuHostSpec } from './spec';

/** A group with the numbers that its GPUs have on the host. */
export interface NumberedGroup {
  group: GpuGroup;
  /** Where it stands in the body. */
  path: string;
  /** Indices of its GPUs, counted over the groups as sent. */
  gpus: number[];
}

/** The groups of a host, their GPUs counted through. */
export function numberGroups({ gpuGroups }: GpuHostSpec): NumberedGroup[] {
  let next = 0;
  return gpuGroups.map((group, i) => {
    const gpus = Array.from({ length: group.count }, () => next++);
    return { group, path: `gpuGroups[${i}]`, gpus };
  });
}

/** What a group's GPUs are called by whoever wrote it. */
export function nameOf({ model, pciDeviceId }: GpuGroup): string {
  return model ?? pciDeviceId ?? '';
}

/** The boards that a group may be: its PCI id decides, else its model name. */
export function boardsOf({ model, pciDeviceId }: GpuGroup): MigBoard[] {
  if (pciDeviceId !== undefined && normalPciId(pciDeviceId)) {
    const board = boardOfPciId(pciDeviceId);
    return board ? [board] : [];
  }
  return model === undefined ? [] : boardsOfModel(model);
}

/** Whether a group is of AMD's MI300X, the only one whose partitions are known. */
export function isMi300x({ model, pciDeviceId }: GpuGroup): boolean {
  if (pciDeviceId !== undefined)
    return /^(0x)?74a11002$|^1002:74a1$/i.test(pciDeviceId);
  return model !== undefined && /\bmi300x\b/i.test(model);
}

/** NVIDIA's GPUs before Volta, whose MPS takes fewer clients. */
export function isBeforeVolta({ model }: GpuGroup): boolean {
  return model !== undefined && /\b[KMP]\d{1,3}\b/i.test(model);
}
