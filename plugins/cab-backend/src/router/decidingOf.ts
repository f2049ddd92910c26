import { personDeciding } from '@fawkes/backstage-plugin-cab-common/rules';
import type { Viewer } from '@fawkes/kit-backend/access';

/** The person behind a request, unless a service acts for them. */
export function decidingOf({ credentials }: Viewer): string | undefined {
  const principal = credentials.principal as {
    type?: string;
    userEntityRef?: string;
    actor?: { subject: string };
  };
  if (principal.type !== 'user' || !principal.userEntityRef) return undefined;
  return personDeciding({
    kind: 'user',
    userRef: principal.userEntityRef,
    ...(principal.actor && { actor: principal.actor.subject }),
  });
}
