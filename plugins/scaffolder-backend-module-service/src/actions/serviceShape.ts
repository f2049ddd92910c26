import type { z } from 'zod/v3';

type Fields = typeof z;

/**
 * What every action that is about a service takes. The scaffolder checks the shape
 * only; defaults and rules are those of `serviceInputSchema`.
 */
export const serviceShape = {
  template: (zod: Fields) => zod.string().describe('Name of the template'),
  name: (zod: Fields) => zod.string().describe('Name of the service'),
  namespace: (zod: Fields) =>
    zod.string().optional().describe('Catalog namespace'),
  title: (zod: Fields) =>
    zod.string().optional().describe('What people call it'),
  description: (zod: Fields) => zod.string().describe('What it is for'),
  owner: (zod: Fields) => zod.string().describe('The group that owns it'),
  system: (zod: Fields) =>
    zod.string().optional().describe('The system it is part of'),
  lifecycle: (zod: Fields) => zod.string().optional().describe('Lifecycle'),
  repositoryHost: (zod: Fields) =>
    zod.enum(['local', 'github']).optional().describe('Where it will live'),
  repositoryOwner: (zod: Fields) =>
    zod.string().optional().describe('Organisation on GitHub'),
};
