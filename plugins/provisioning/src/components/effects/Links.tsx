import type { Link } from '@fawkes/backstage-plugin-provisioning-common';
import { ExternalLink, MaybeLink } from '@fawkes/kit-ui/values';
import { usePaths } from '../paths';
import styles from './effects.module.css';

/** Where something can be looked at; the address to clone from has a place of its own. */
export function Links({ links }: { links: readonly Link[] }) {
  const shown = links.filter(({ kind }) => kind !== 'clone');
  if (shown.length === 0) return null;
  return (
    <span className={styles.links}>
      {shown.map(link => (
        <OneLink key={`${link.kind}:${link.target}`} link={link} />
      ))}
    </span>
  );
}

/** One way to look at something: a page of the portal, or an address. */
export function OneLink({ link }: { link: Link }) {
  const paths = usePaths();
  const { kind, title, target } = link;
  if (kind === 'component' || kind === 'delivery') {
    const isRef = /^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/.test(target);
    const tab = kind === 'delivery' ? '/delivery' : '';
    return (
      <MaybeLink href={isRef ? paths.entity(target, tab) : target}>
        {title}
      </MaybeLink>
    );
  }
  return <ExternalLink href={target}>{title}</ExternalLink>;
}
