import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { CabException } from '@fawkes/backstage-plugin-cab-common';
import { isNotInstalled, TableSkeleton } from '@fawkes/kit-ui/states';
import { layout, Section } from '@fawkes/kit-ui/values';
import { Answer } from '../../components/installed';
import { ExceptionItem } from '../../components/exceptions';
import { useExceptions } from '../../hooks';
import { cabTranslationRef } from '../../translation';

/** Exceptions somebody has to decide about, and those that end soon. */
export function Exceptions() {
  const { t } = useTranslationRef(cabTranslationRef);
  const waiting = useExceptions({ which: 'waiting' });
  const ending = useExceptions({ which: 'ending' });
  if (isNotInstalled(waiting.error)) return null;
  return (
    <Section title={t('exceptions.title')} description={t('exceptions.text')}>
      <div className={layout.stack}>
        <Listed
          title={t('exceptions.waiting')}
          nothing={t('exceptions.noWaiting')}
          query={waiting}
        />
        <Listed
          title={t('exceptions.ending')}
          nothing={t('exceptions.noEnding')}
          query={ending}
        />
      </div>
    </Section>
  );
}

const bySoonest = (a: CabException, b: CabException) =>
  Date.parse(a.expiresAt) - Date.parse(b.expiresAt);

function Listed({
  title,
  nothing,
  query,
}: {
  title: string;
  nothing: string;
  query: ReturnType<typeof useExceptions>;
}) {
  const { t } = useTranslationRef(cabTranslationRef);
  return (
    <Answer
      query={query}
      skeleton={<TableSkeleton rows={2} label={t('exceptions.loading')} />}
      errorTitle={t('exceptions.loadFailed')}
    >
      {({ items }) => (
        <div className={layout.tight}>
          <strong>{title}</strong>
          {items.length === 0 ? (
            <Text as="p" variant="body-medium" color="secondary">
              {nothing}
            </Text>
          ) : (
            <ul className={layout.items} aria-label={title}>
              {[...items].sort(bySoonest).map(exception => (
                <ExceptionItem key={exception.id} exception={exception} />
              ))}
            </ul>
          )}
        </div>
      )}
    </Answer>
  );
}
