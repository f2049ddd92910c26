import { exclusionOf, type Involved } from './duties';
import { isOf, type Identity, type KnownPerson } from './identity';

/** What somebody said of the code where it is kept. @public */
export interface CodeReview {
  /** Who. */
  by: Identity;
  /** What they said; a comment changes nothing. */
  state: 'approved' | 'rejected' | 'dismissed' | 'commented';
  /** It was said of the commit that is deployed, or of one with the same tree. */
  ofHead: boolean;
  /** ms since 1970. */
  at: number;
}

/**
 * Those of the owning group whose latest word on the code is an approval of exactly
 * what is deployed. None of the author side counts, and nobody two Users could be.
 *
 * @param members - of the owning group
 * @returns their entity refs, sorted
 * @public
 */
export function countingReviewers(
  reviews: readonly CodeReview[],
  involved: readonly Involved[],
  members: readonly KnownPerson[],
): string[] {
  const latest = new Map<string, CodeReview>();
  for (const review of reviews) {
    if (review.state === 'commented') continue;
    const who = members.filter(member => isOf(review.by, member));
    if (who.length !== 1) continue;
    const [{ userRef }] = who;
    const before = latest.get(userRef);
    // Of two at the same instant the one that does not count is the later one.
    const isLater =
      !before ||
      review.at > before.at ||
      (review.at === before.at && !approvesHead(review));
    if (isLater) latest.set(userRef, review);
  }
  return members
    .filter(member => {
      const review = latest.get(member.userRef);
      return (
        review !== undefined &&
        approvesHead(review) &&
        !exclusionOf(member, involved)
      );
    })
    .map(({ userRef }) => userRef)
    .sort();
}

function approvesHead({ state, ofHead }: CodeReview): boolean {
  return state === 'approved' && ofHead;
}
