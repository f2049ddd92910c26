import { NotFoundError } from '@backstage/errors';
import { refusalOf } from '@fawkes/backstage-plugin-provisioning-common';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

/** How long a portal may be away before a step gives up, ms; its run goes on. */
const PATIENCE_MS = 10 * 60_000;

const differencesSchema = z.object({
  differences: z.array(z.object({ path: z.string() })),
});

/** The clock of a step that waits. */
export interface Waiting {
  signal?: AbortSignal;
  /** Milliseconds between two questions. */
  every: number;
  /** Told once when nobody answers. */
  onAway(): void;
}

/**
 * An answer of the provisioning plugin.
 *
 * @throws NotFoundError where it is not installed, and what it says where it refuses
 */
export async function answerOf<T>(asked: Promise<T | undefined>): Promise<T> {
  const answer = await asked.catch(error => {
    throw inItsWords(error);
  });
  if (answer !== undefined) return answer;
  throw new NotFoundError(
    'The provisioning plugin is not installed in this backend; without it only service:render and template:lint work',
  );
}

/** Asks again while nobody answers: the portal may be starting anew. */
export async function patiently<T>(
  ask: () => Promise<T | undefined>,
  { signal, every, onAway }: Waiting,
): Promise<T> {
  for (let waited = 0; ; waited += every) {
    try {
      return await answerOf(ask());
    } catch (error) {
      if (!isAway(error) || waited >= PATIENCE_MS) throw error;
      if (waited === 0) onAway();
      await rest(every, signal);
    }
  }
}

/** Waits; whoever cancels the task is not waited for. */
export function rest(ms: number, signal?: AbortSignal): Promise<void> {
  return pause(ms, undefined, { signal });
}

/** A refusal says what is wrong; that it was one of HTTP says nothing. */
function inItsWords(error: unknown): unknown {
  const { body } = error as {
    body?: { error?: { name?: string; message?: string } };
  };
  const { name, message } = body?.error ?? {};
  if (!message || isAway(error)) return error;
  const paths = differencesIn(error);
  const words =
    paths.length > 0
      ? `${message}; it differs in ${paths.join(', ')}`
      : message;
  return Object.assign(new Error(words, { cause: error }), { name });
}

/** Where what is there differs from what was asked for. */
function differencesIn(error: unknown): string[] {
  const parsed = differencesSchema.safeParse(refusalOf(error)?.details);
  return parsed.success ? parsed.data.differences.map(({ path }) => path) : [];
}

/** Whether nobody answered, or said that they cannot at the moment. */
function isAway(error: unknown): boolean {
  const { name, statusCode } = error as { name?: string; statusCode?: number };
  return name === 'ServiceUnavailableError' || statusCode === 503;
}
