import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Loaded } from '@fawkes/kit-ui/query';
import { EmptyState, TableSkeleton } from '@fawkes/kit-ui/states';
import { layout, Section } from '@fawkes/kit-ui/values';
import { useSources } from '../../hooks';
import { deliveryTranslationRef } from '../../translation';
import { SourceItem } from './SourceItem';
import { useMayManage } from './useMayManage';

/** The tools facts come from, each with its coverage as one number. */
export function Sources() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const sources = useSources();
  const mayManage = useMayManage();
  return (
    <Section title={t('fact.source.title')}>
      <Loaded
        query={sources}
        skeleton={<TableSkeleton rows={3} label={t('fact.source.loading')} />}
        errorTitle={t('fact.source.loadFailed')}
      >
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              headingLevel="h4"
              title={t('fact.source.none')}
              description={t('fact.source.noneText')}
            />
          ) : (
            <ul className={layout.items}>
              {items.map(source => (
                <SourceItem
                  key={source.id}
                  source={source}
                  mayManage={mayManage}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}
