import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonLink, Text } from '@backstage/ui';
import { cabChangeCreatePermission } from '@fawkes/backstage-plugin-cab-common';
import { MorePages, useEntityTitles } from '@fawkes/kit-ui/query';
import {
  EmptyState,
  isNotInstalled,
  TableSkeleton,
} from '@fawkes/kit-ui/states';
import { RiAddLine } from '@remixicon/react';
import { layout } from '@fawkes/kit-ui/values';
import { Answer } from '../components/installed';
import { ChangeList } from '../components/list';
import { usePaths } from '../components/paths';
import { QueryProvider, useChanges } from '../hooks';
import { cabTranslationRef } from '../translation';

/**
 * The Changes tab of a Component, System or Resource: what was asked for, how it
 * stands, and the way to ask. Needs an entity page around it.
 * @public
 */
export function EntityChanges() {
  return (
    <QueryProvider>
      <Changes />
    </QueryProvider>
  );
}

function Changes() {
  const { t } = useTranslationRef(cabTranslationRef);
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const query = useChanges({ entityRef });
  const isThere = !isNotInstalled(query.error);
  const hasSome = (query.data?.items.length ?? 0) > 0;
  return (
    <div className={layout.page}>
      {isThere ? (
        <div className={layout.spread}>
          <Text as="p" variant="body-medium" color="secondary">
            {t('entity.text')}
          </Text>
          {hasSome ? <Ask entity={entity} /> : null}
        </div>
      ) : null}
      <Answer
        query={query}
        skeleton={<TableSkeleton rows={4} label={t('state.loading')} />}
        errorTitle={t('list.loadFailed')}
        asOf={({ asOf }) => asOf}
      >
        {({ items }) =>
          items.length > 0 ? (
            <div className={layout.stack}>
              <ChangeList
                changes={items}
                ofOne
                isStale={query.isPlaceholderData}
              />
              <MorePages query={query} label={t('state.more')} />
            </div>
          ) : (
            <EmptyState
              headingLevel="h2"
              title={t('entity.empty')}
              description={t('entity.emptyText')}
              actions={<Ask entity={entity} />}
            />
          )
        }
      </Answer>
    </div>
  );
}

/** The button for those who may; for others whom to ask. */
function Ask({ entity }: { entity: Entity }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const entityRef = stringifyEntityRef(entity);
  const { allowed, loading } = usePermission({
    permission: cabChangeCreatePermission,
    resourceRef: entityRef,
  });
  const href = usePaths().make(entityRef);
  const owner = entity.relations?.find(({ type }) => type === 'ownedBy');
  const titleOf = useEntityTitles(owner ? [owner.targetRef] : []);
  if (loading || !href) return null;
  if (allowed) {
    return (
      <ButtonLink
        variant="primary"
        iconStart={<RiAddLine aria-hidden />}
        href={href}
      >
        {t('entity.new')}
      </ButtonLink>
    );
  }
  return (
    <Text as="p" variant="body-medium" color="secondary">
      {owner
        ? t('entity.notYours', { owner: titleOf(owner.targetRef) })
        : t('entity.noOwner')}
    </Text>
  );
}
