import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink, Container } from '@backstage/ui';
import { useUrlState } from '@fawkes/kit-ui/filters';
import {
  EmptyState,
  TableSkeleton,
  isNotInstalled,
} from '@fawkes/kit-ui/states';
import { layout } from '@fawkes/kit-ui/values';
import { MorePages } from '@fawkes/kit-ui/query';
import { Answer } from '../../components/installed';
import { usePaths } from '../../components/paths';
import { QueryProvider, useLiveProvisioning, useRequests } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';
import { Filter } from './Filter';
import { RequestList } from './RequestList';
import {
  DEFAULT_REQUESTS_VIEW,
  isFiltered,
  queryOf,
  requestsViewSchema,
} from './requestsView';

const MEMORY = { bucket: 'provisioning.view', key: 'requests' };

/**
 * Requests of a person and their groups. Owner and state are in the address.
 * @public
 */
export function RequestsPage() {
  return (
    <QueryProvider>
      <Content />
    </QueryProvider>
  );
}

function Content() {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { params, setParams } = useUrlState(
    requestsViewSchema,
    DEFAULT_REQUESTS_VIEW,
    MEMORY,
  );
  const query = useRequests(queryOf(params));
  useLiveProvisioning();
  return (
    <Container>
      <div className={layout.page}>
        {isNotInstalled(query.error) ? null : (
          <Filter view={params} onChange={setParams} />
        )}
        <Answer
          query={query}
          skeleton={<TableSkeleton rows={6} label={t('list.loading')} />}
          errorTitle={t('list.loadFailed')}
          asOf={({ asOf }) => asOf}
          dims
        >
          {({ items }) =>
            items.length > 0 ? (
              <div className={layout.stack}>
                <RequestList
                  requests={items}
                  isStale={query.isPlaceholderData}
                />
                <MorePages query={query} label={t('state.more')} />
              </div>
            ) : (
              <Nothing
                filtered={isFiltered(params)}
                onClear={() => setParams({ owner: [], state: [] })}
              />
            )
          }
        </Answer>
      </div>
    </Container>
  );
}

function Nothing({
  filtered,
  onClear,
}: {
  filtered: boolean;
  onClear: () => void;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const make = usePaths().make();
  if (filtered) {
    return (
      <EmptyState
        headingLevel="h2"
        title={t('list.emptyFiltered')}
        description={t('list.emptyFilteredText')}
        actions={
          <Button size="small" variant="secondary" onPress={onClear}>
            {t('list.clear')}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      headingLevel="h2"
      title={t('list.empty')}
      description={t('list.emptyText')}
      actions={
        make ? (
          <ButtonLink size="small" variant="primary" href={make}>
            {t('list.new')}
          </ButtonLink>
        ) : undefined
      }
    />
  );
}
