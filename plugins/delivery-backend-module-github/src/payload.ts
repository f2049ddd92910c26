import { formatPath } from '@fawkes/kit-contract';
import { rejected, type Mapped } from '@fawkes/backstage-plugin-delivery-node';
import { z } from 'zod';

/**
 * Reads the fields a mapper needs out of a payload and hands them on. GitHub
 * adds fields all the time, so everything else is left alone; a field that is
 * missing or of the wrong kind rejects the message with its path.
 */
export function withPayload<T>(
  schema: z.ZodType<T>,
  payload: unknown,
  map: (read: T) => Mapped,
): Mapped {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return map(parsed.data);
  const [issue] = parsed.error.issues;
  return rejected(formatPath(issue.path), issue.message);
}

/** An instant as GitHub's webhooks write it. */
export const instant = z.iso.datetime({ offset: true });

/** The account behind an action; null where the account is gone. */
export const account = z
  .object({ login: z.string(), type: z.string().nullish() })
  .nullish();

/** @see Account */
export type Account = z.infer<typeof account>;

/** Whether an app acted, not a person. */
export function isBot(who: Account): boolean {
  return who?.type === 'Bot' || who?.login.endsWith('[bot]') === true;
}

/** Longest name of an app that is kept. */
const LONGEST_BOT = 200;

/** What an app is called; undefined when that is nothing. */
export function botName(login: string): string | undefined {
  return clip(login, LONGEST_BOT) || undefined;
}

const LONGEST_ADDRESS = 2_048;
const LONGEST_NAME = 512;

const webAddress = z.url({ protocol: /^https?$/ });

/** The repository every repository event comes with. */
export const repository = z.object({
  full_name: z
    .string()
    // What is longer is not looked at any further.
    .max(LONGEST_NAME, { abort: true })
    .regex(/^[^/\s]+\/[^/\s]+$/, 'must be owner/name'),
  html_url: webAddress.max(LONGEST_ADDRESS),
});

/** Who tells a fact, and about which repository. */
export interface Origin {
  /** `github.com`, or the host of the GitHub Enterprise Server. */
  host: string;
  /** Source of the claims: host and owner. */
  source: string;
  /** `owner/name`. */
  fullName: string;
  /** `host/owner/name`. */
  repository: string;
}

/** Names source and repository the way facts do. */
export function originOf(repo: z.infer<typeof repository>): Origin {
  const { host } = new URL(repo.html_url);
  const [owner] = repo.full_name.split('/');
  return {
    host,
    source: `${host}/${owner}`.toLowerCase(),
    fullName: repo.full_name,
    repository: `${host}/${repo.full_name}`.toLowerCase(),
  };
}

/** Cuts text to `length` UTF-16 code units without cutting a character in two. */
export function clip(text: string, length: number): string {
  const cut = text.slice(0, length);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** As much of a description as is searched: GitHub takes no longer ones. */
export function bodyOf(text: string | null | undefined): string {
  return (text ?? '').slice(0, 65_536);
}

/** A title, which the contract clips and counts; undefined when there is none. */
export function titleOf(text: string | null | undefined): string | undefined {
  return text || undefined;
}

/** An address people can open; anything else people put there is left out. */
export function webUrl(text: string | null | undefined): string | undefined {
  return text &&
    text.length <= LONGEST_ADDRESS &&
    webAddress.safeParse(text).success
    ? text
    : undefined;
}

const MOST_LABELS = 100;
/** Longest label that is looked at, in UTF-16 code units. */
export const LONGEST_LABEL = 200;

/** Labels within the bounds of the canonical event. */
export function labelNames(
  labels: { name: string }[] | null | undefined,
): string[] {
  return (labels ?? [])
    .slice(0, MOST_LABELS)
    .map(label => clip(label.name, LONGEST_LABEL))
    .filter(name => name.length > 0);
}
