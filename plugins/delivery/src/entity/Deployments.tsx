import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Switch, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { Loaded, MorePages } from '@fawkes/kit-ui/query';
import { EmptyState, TableSkeleton } from '@fawkes/kit-ui/states';
import { Section } from '@fawkes/kit-ui/values';
import {
  DeploymentList,
  outcomeOf,
  type ShownDeployment,
} from '../components/facts';
import { useDeployments } from '../hooks';
import { deliveryTranslationRef } from '../translation';
import type { FactQuestion } from './question';
import { isShown, SHOWN, useListFilter } from './useListFilter';

/**
 * Which of the loaded ones are shown. Attempts are not a question the API
 * knows, so they are picked out of what is loaded.
 */
function pick(
  deployments: readonly ShownDeployment[],
  onlyAttempts: boolean,
): readonly ShownDeployment[] {
  return onlyAttempts
    ? deployments.filter(each => outcomeOf(each) === 'attempt')
    : deployments;
}

/** The list of deployments, newest first, page by page. */
export function Deployments({
  question,
  showService,
}: {
  question: FactQuestion;
  showService: boolean;
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { filter, change } = useListFilter();
  const deployments = useDeployments({
    ...question,
    production: !filter.allEnvironments,
    ...(filter.show === 'failed' ? { failed: true } : {}),
  });

  return (
    <Section
      title={t('fact.list.title')}
      actions={
        <>
          <ToggleButtonGroup
            aria-label={t('fact.list.show')}
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[filter.show]}
            onSelectionChange={keys => {
              const [show] = keys;
              if (isShown(show)) change({ show });
            }}
          >
            {SHOWN.map(show => (
              <ToggleButton key={show} id={show}>
                {t(`fact.list.show.${show}`)}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
          <Switch
            label={t('fact.list.allEnvironments')}
            isSelected={filter.allEnvironments}
            onChange={allEnvironments => change({ allEnvironments })}
          />
        </>
      }
    >
      <Loaded
        query={deployments}
        skeleton={<TableSkeleton label={t('fact.list.loading')} />}
        errorTitle={t('fact.list.loadFailed')}
        dims
      >
        {({ items }) => (
          <DeploymentList
            deployments={pick(items, filter.show === 'attempts')}
            tz={question.tz}
            showService={showService}
            emptyState={
              <EmptyState
                headingLevel="h4"
                title={t(`fact.list.none.${filter.show}`)}
                description={
                  deployments.hasNextPage
                    ? t('fact.list.noneLoaded')
                    : t('fact.list.noneText')
                }
              />
            }
          />
        )}
      </Loaded>
      <MorePages query={deployments} label={t('fact.loadMore')} />
    </Section>
  );
}
