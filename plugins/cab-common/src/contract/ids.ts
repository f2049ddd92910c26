import { nameSchema } from '@fawkes/kit-contract';
import { z } from 'zod';

/** Id of a change request: UUID v7, lower case. @public */
export const changeIdSchema = z
  .string()
  .regex(
    /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    'must be the id of a change request (UUID v7, lower case)',
  );

/** A git object id: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits. @public */
export const commitSchema = z
  .string()
  .regex(
    /^([0-9a-f]{40}|[0-9a-f]{64})$/,
    'must be a full git commit of 40 or 64 lower-case hexadecimal digits',
  );

/** Digest of an artifact: `sha256:` and 64 lower-case hexadecimal digits. @public */
export const artifactDigestSchema = z
  .string()
  .regex(
    /^sha256:[0-9a-f]{64}$/,
    'must be sha256: and 64 lower-case hexadecimal digits',
  );

/** Name of an environment, as the installation writes it. @public */
export const environmentSchema = nameSchema(200);
