import { z } from 'zod';
import { EMPTY_DRAFT, type Draft } from './draft';

/** Longer than any field may be. */
const MOST = 1_000;

const text = z.string().max(MOST).catch('');

/** What another version of this page kept, or somebody changed, is as if it were not filled in. */
const draftSchema = z.object({
  template: text,
  name: text,
  owner: text,
  title: text,
  description: text,
  host: z.enum(['', 'local', 'github']).catch(EMPTY_DRAFT.host),
  place: text,
  visibility: z
    .enum(['private', 'internal', 'public'])
    .catch(EMPTY_DRAFT.visibility),
  system: text,
  lifecycle: z
    .enum(['experimental', 'production', 'deprecated'])
    .catch(EMPTY_DRAFT.lifecycle),
});

/** Where it is kept: as long as the tab is open, for one person. */
const keyOf = (person: string) => `provisioning.new:${person}`;

/** Whether nothing was typed into it that somebody would miss. */
export function isSame(draft: Draft, start: Draft): boolean {
  return (Object.keys(start) as (keyof Draft)[]).every(
    field => draft[field] === start[field],
  );
}

/** What the person had filled in before the page was loaded anew; undefined where there is nothing. */
export function readDraft(person: string): Draft | undefined {
  let kept: unknown;
  try {
    kept = JSON.parse(sessionStorage.getItem(keyOf(person)) ?? 'null');
  } catch {
    return undefined; // Forbidden by the browser, or not ours: the form begins empty.
  }
  const parsed = draftSchema.safeParse(kept);
  return parsed.success ? parsed.data : undefined;
}

/** Keeps a form as far as it is filled in; nothing in it is secret. */
export function keepDraft(person: string, draft: Draft): void {
  try {
    sessionStorage.setItem(keyOf(person), JSON.stringify(draft));
  } catch {
    // Full, or forbidden by the browser: the form works without.
  }
}

/** It was sent, or is begun anew. */
export function forgetDraft(person: string): void {
  try {
    sessionStorage.removeItem(keyOf(person));
  } catch {
    // Forbidden by the browser, so nothing was kept either.
  }
}
