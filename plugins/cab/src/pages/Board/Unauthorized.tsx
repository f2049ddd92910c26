import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { MorePages } from '@fawkes/kit-ui/query';
import { isNotInstalled, TableSkeleton } from '@fawkes/kit-ui/states';
import { layout, Section } from '@fawkes/kit-ui/values';
import { Answer } from '../../components/installed';
import { ChangeList } from '../../components/list';
import { useChanges } from '../../hooks';
import { cabTranslationRef } from '../../translation';

/** Deployments nobody allowed and nobody has looked back at. */
export function Unauthorized() {
  const { t } = useTranslationRef(cabTranslationRef);
  const query = useChanges({ state: 'unauthorized' });
  if (isNotInstalled(query.error)) return null;
  return (
    <Section
      title={t('board.unauthorized')}
      description={t('board.unauthorizedText')}
    >
      <Answer
        query={query}
        skeleton={<TableSkeleton rows={2} label={t('state.loading')} />}
        errorTitle={t('list.loadFailed')}
      >
        {({ items }) =>
          items.length === 0 ? (
            <Text as="p" variant="body-medium" color="secondary">
              {t('board.noUnauthorized')}
            </Text>
          ) : (
            <div className={layout.stack}>
              <ChangeList changes={items} />
              <MorePages query={query} label={t('state.more')} />
            </div>
          )
        }
      </Answer>
    </Section>
  );
}
