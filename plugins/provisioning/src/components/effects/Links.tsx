import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Link } from '@fawkes/backstage-plugin-provisioning-common';
import { ExternalLink, MaybeLink } from '@fawkes/kit-ui/values';
import { provisioningTranslationRef } from '../../translation';
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

/** What a link is called whose title alone does not say where it leads. */
const NAMED = [
  'component',
  'delivery',
  'docs',
  'pipeline',
  'pull-request',
  'commit',
] as const;

function useTitle({ kind, title, target }: Link): string {
  const { t } = useTranslationRef(provisioningTranslationRef);
  if (kind === 'address') return target;
  const named = NAMED.find(each => each === kind);
  return named ? t(`link.${named}`, { title }) : title;
}

/** One way to look at something: a page of the portal, or an address. */
export function OneLink({ link }: { link: Link }) {
  const paths = usePaths();
  const title = useTitle(link);
  const { kind, target } = link;
  if (kind === 'component' || kind === 'delivery') {
    const isRef = /^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/.test(target);
    const open = kind === 'delivery' ? paths.delivery : paths.entity;
    return <MaybeLink href={isRef ? open(target) : target}>{title}</MaybeLink>;
  }
  return <ExternalLink href={target}>{title}</ExternalLink>;
}
