import { createHash } from 'node:crypto';
import {
  factKeyOf,
  type Claim,
} from '@fawkes/backstage-plugin-delivery-common';
import { canonicalJson } from '@fawkes/kit-contract';

const LARGEST_NUMBER = 2_147_483_647;

/** SHA-256 of a text, 64 hex digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Fixed-width key of the fact a claim is about. */
export function factKey(claim: Claim): string {
  return sha256(factKeyOf(claim));
}

/** Key of a deployment as one service sees it. */
export function deploymentKey(fact: string, service: string): string {
  return sha256(canonicalJson(['deployment', fact, service])).slice(0, 40);
}

/** Key of a change in paths of the API; it can be read back. */
export function changeKey(
  kind: 'commit' | 'pull_request',
  repository: string,
  id: string,
): string {
  return Buffer.from(JSON.stringify([kind, repository, id])).toString(
    'base64url',
  );
}

/** U+0000 is in no name, and PostgreSQL refuses to look for it. */
function isName(text: string): boolean {
  return text.length <= 600 && !text.includes('\0');
}

/** Reads a change key back; undefined when it is none. */
export function parseChangeKey(
  key: string,
):
  | { kind: 'commit' | 'pull_request'; repository: string; id: string }
  | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(key, 'base64url').toString());
    if (
      !Array.isArray(parts) ||
      parts.length !== 3 ||
      parts.some(part => typeof part !== 'string')
    ) {
      return undefined;
    }
    const [kind, repository, id] = parts as string[];
    if (!isName(repository)) return undefined;
    if (kind === 'commit' && isName(id)) return { kind, repository, id };
    // A number the column holds.
    return kind === 'pull_request' &&
      /^[1-9]\d{0,9}$/.test(id) &&
      Number(id) <= LARGEST_NUMBER
      ? { kind, repository, id }
      : undefined;
  } catch {
    return undefined;
  }
}
