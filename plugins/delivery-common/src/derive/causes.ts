const FULL_SHA = /^([0-9a-f]{40}|[0-9a-f]{64})$/i;
const SHORT_SHA = /^[0-9a-f]{7,39}$/i;
/** What people put around a name: code, quotes, brackets, a full stop. */
const AROUND = /^[`'"<([{]{1,3}|[`'">)\]}.,;]{1,3}$/g;
const LONGEST_ADDRESS = 1_024;

/** Whether a text is the beginning of a sha, as people copy it. @public */
export function isShortSha(text: string): boolean {
  return SHORT_SHA.test(text);
}

/** Whether a text is a whole sha. @public */
export function isFullSha(text: string): boolean {
  return FULL_SHA.test(text);
}

/**
 * What somebody who writes down the cause of an incident means: the name in
 * backticks or quotes, the sha of the address of a commit, the id of the address
 * of a deployment. Shas are in lower case.
 * @public
 */
export function readCause(text: string): string {
  const bare = text.trim().replace(AROUND, '').trim() || text;
  const name = nameInAddress(bare) ?? bare;
  return FULL_SHA.test(name) || SHORT_SHA.test(name)
    ? name.toLowerCase()
    : name;
}

/** `…/commit/<sha>`, `…/commits/<sha>` and `…/deployments/<id>`, whatever follows. */
function nameInAddress(text: string): string | undefined {
  if (text.length > LONGEST_ADDRESS || !/^https?:\/\//i.test(text)) {
    return undefined;
  }
  let path: string[];
  try {
    path = new URL(text).pathname.split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
  const after = (...names: string[]) => {
    const at = path.findLastIndex(part => names.includes(part));
    return at >= 0 ? path[at + 1] || undefined : undefined;
  };
  const sha = after('commit', 'commits');
  if (sha && (isFullSha(sha) || isShortSha(sha))) return sha;
  return after('deployments', 'deployment');
}
