import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Link } from '@backstage/ui';
import type { RequestSummary } from '@fawkes/backstage-plugin-provisioning-common';
import { EmptyState, TableSkeleton } from '@fawkes/kit-ui/states';
import {
  CardItem,
  CardList,
  ExternalLink,
  MaybeLink,
} from '@fawkes/kit-ui/values';
import { Answer } from '../components/installed';
import { usePaths } from '../components/paths';
import { RequestStateLabel, ServiceStateLabel } from '../components/words';
import { QueryProvider, useLiveProvisioning, useRequests } from '../hooks';
import { provisioningTranslationRef } from '../translation';

const SHOWN = 6;
/** What is gone needs nobody. */
const OVER = ['destroyed', 'forgotten'];
/** What waits for somebody comes first, then what moves. */
const URGENCY = [
  'needs_person',
  'destroy_incomplete',
  'failed',
  'accepted',
  'running',
  'updating',
  'destroying',
];

function rank({ state }: RequestSummary): number {
  const at = URGENCY.indexOf(state);
  return at < 0 ? URGENCY.length : at;
}

/** What the card of {@link MyRequests} is called. @public */
export function MyRequestsTitle() {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return <>{t('home.title')}</>;
}

/** Requests and services of a person and their groups, what needs them first. @public */
export function MyRequests() {
  return (
    <QueryProvider>
      <Mine />
    </QueryProvider>
  );
}

function Mine() {
  const { t } = useTranslationRef(provisioningTranslationRef);
  useLiveProvisioning();
  return (
    <Answer
      query={useRequests({ mine: true })}
      skeleton={<TableSkeleton rows={4} label={t('list.loading')} />}
      errorTitle={t('list.loadFailed')}
    >
      {({ items }) => (
        <List items={items.filter(({ state }) => !OVER.includes(state))} />
      )}
    </Answer>
  );
}

function List({ items }: { items: readonly RequestSummary[] }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const paths = usePaths();
  const make = paths.make();
  const all = paths.home();
  const button = make ? (
    <ButtonLink size="small" variant="secondary" href={make}>
      {t('list.new')}
    </ButtonLink>
  ) : undefined;
  if (items.length === 0) {
    return (
      <EmptyState
        title={t('list.empty')}
        description={t('list.emptyText')}
        actions={button}
      />
    );
  }
  return (
    <CardList
      foot={
        <>
          {all ? (
            <Link href={all}>{t('home.all', { count: items.length })}</Link>
          ) : null}
          {button}
        </>
      }
    >
      {[...items]
        .sort((a, b) => rank(a) - rank(b))
        .slice(0, SHOWN)
        .map(each => (
          <CardItem
            key={each.id}
            name={
              <MaybeLink href={paths.request(each.id)}>{each.title}</MaybeLink>
            }
          >
            {each.state === 'ready' && each.service.state !== 'none' ? (
              <ServiceStateLabel service={each.service} />
            ) : (
              <RequestStateLabel state={each.state} />
            )}
            {each.service.state === 'healthy' && each.service.address ? (
              <ExternalLink href={each.service.address}>
                {t('home.open')}
              </ExternalLink>
            ) : null}
          </CardItem>
        ))}
    </CardList>
  );
}
