/** Licences that a user of the packages can live with under Apache-2.0, by their SPDX identifiers. */
export const allowedLicences = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
]);

/**
 * Dependencies that may run something on the machines they are installed on, each with what it runs and why that is all
 * right. There is none, and there should be a good reason for the first.
 */
export const allowedInstallScripts = new Map();

/** Severities of advisories that must not stay. */
export const grave = new Set(['high', 'critical']);
