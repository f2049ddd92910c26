import { Link } from '@backstage/ui';
import type { ReactNode } from 'react';

/** A link inside the portal; plain text where that page is not installed. @public */
export function MaybeLink({
  href,
  children,
}: {
  href: string | undefined;
  children: ReactNode;
}) {
  return href ? <Link href={href}>{children}</Link> : <>{children}</>;
}
