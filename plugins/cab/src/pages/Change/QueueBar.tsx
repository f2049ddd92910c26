import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, Text } from '@backstage/ui';
import type { Change } from '@fawkes/backstage-plugin-cab-common';
import { layout } from '@fawkes/kit-ui/values';
import { usePaths } from '../../components/paths';
import { useWaiting } from '../../hooks';
import { cabTranslationRef } from '../../translation';
import own from './Change.module.css';

/** From one that waits for the person to the next; nothing where none does. */
export function QueueBar({ change: { id } }: { change: Change }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const paths = usePaths();
  const items = useWaiting().data?.items ?? [];
  if (items.length === 0) return null;
  const at = items.findIndex(each => each.id === id);
  const previous = at > 0 ? items[at - 1] : undefined;
  // After one's decision it waits no longer: then the oldest is the next.
  const next = items[at + 1];
  const lead = (['previous', 'next'] as const).flatMap(way => {
    const item = way === 'previous' ? previous : next;
    const href = item && paths.change(item.id);
    return item && href ? [{ way, href, title: item.title }] : [];
  });
  return (
    <nav className={own.queue} aria-label={t('queue.label')}>
      <Text as="p" variant="body-medium">
        {at < 0
          ? t('queue.left', { count: items.length })
          : t('queue.at', { at: String(at + 1), all: String(items.length) })}
      </Text>
      <span className={layout.row}>
        {lead.map(({ way, href, title }) => (
          <Link key={way} href={href}>
            {t(`queue.${way}`, { title })}
          </Link>
        ))}
      </span>
    </nav>
  );
}
