import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { EmptyState, TableSkeleton } from '@fawkes/kit-ui/states';
import { CardItem, CardList, MaybeLink } from '@fawkes/kit-ui/values';
import { Answer } from '../components/installed';
import { usePaths } from '../components/paths';
import { RiskLabel, SampleMark } from '../components/words';
import { QueryProvider, useWaiting } from '../hooks';
import { cabTranslationRef } from '../translation';

const SHOWN = 6;

/** What the card of {@link WaitingForMe} is called. @public */
export function WaitingForMeTitle() {
  const { t } = useTranslationRef(cabTranslationRef);
  return <>{t('home.title')}</>;
}

/** Change requests a person can decide and has not, the oldest first. @public */
export function WaitingForMe() {
  return (
    <QueryProvider>
      <Waiting />
    </QueryProvider>
  );
}

function Waiting() {
  const { t } = useTranslationRef(cabTranslationRef);
  const paths = usePaths();
  const all = paths.home();
  const link = all ? <Link href={all}>{t('home.all')}</Link> : null;
  return (
    <Answer
      query={useWaiting()}
      skeleton={<TableSkeleton rows={3} label={t('state.loading')} />}
      errorTitle={t('list.loadFailed')}
    >
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState
            title={t('board.nothing')}
            description={t('board.nothingText')}
            actions={link}
          />
        ) : (
          <CardList foot={link}>
            {items.slice(0, SHOWN).map(each => (
              <CardItem
                key={each.id}
                name={
                  <span>
                    <MaybeLink href={paths.change(each.id)}>
                      {each.title}
                    </MaybeLink>{' '}
                    {each.sample ? <SampleMark /> : null}
                  </span>
                }
              >
                {each.entity.title ?? each.entity.ref}
                <RiskLabel score={each.score} route={each.route} />
              </CardItem>
            ))}
          </CardList>
        )
      }
    </Answer>
  );
}
