import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Container, Header, Text } from '@backstage/ui';
import { TableSkeleton, WayBack } from '@fawkes/kit-ui/states';
import { layout, useFormat, useNow } from '@fawkes/kit-ui/values';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Answer } from '../../components/installed';
import { usePaths } from '../../components/paths';
import { useCalendar } from '../../hooks';
import { cabTranslationRef } from '../../translation';
import { Periods } from './Periods';
import { Planned } from './Planned';
import { Strip } from './Strip';
import { stretchOf } from './stretch';

/** How often the mark of now moves, ms. */
const MINUTE_MS = 60_000;

/** When nothing starts, when what may be worked on, and what is planned. */
export function CalendarPage() {
  const { t } = useTranslationRef(cabTranslationRef);
  const { day } = useFormat();
  const paths = usePaths();
  const now = useNow(MINUTE_MS);
  const [search, setSearch] = useSearchParams();
  const asked = search.get('from');
  const today = new Date(now).toDateString();
  // Of one day, not of one minute: what is shown stays the same question.
  const shown = useMemo(
    () => stretchOf(asked, new Date(today)),
    [asked, today],
  );
  const query = useCalendar({
    from: shown.from.toISOString(),
    to: shown.to.toISOString(),
  });
  const go = (from: string | undefined) => setSearch(from ? { from } : {});
  return (
    <>
      <Header title={t('calendar.title')} />
      <Container>
        <div className={layout.page}>
          <WayBack trail={[{ label: t('list.title'), href: paths.home() }]} />
          <div className={layout.spread}>
            <div className={layout.tight}>
              <Text as="p" weight="bold">
                {t('calendar.shown', {
                  from: day(shown.from.toISOString()),
                  to: day(shown.days[shown.days.length - 1].toISOString()),
                })}
              </Text>
              <Text as="p" variant="body-medium" color="secondary">
                {t('calendar.mine', {
                  zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
                })}
              </Text>
            </div>
            <div className={layout.row}>
              <Button variant="secondary" onPress={() => go(shown.previous)}>
                {t('calendar.previous')}
              </Button>
              <Button
                variant="secondary"
                isDisabled={asked === null}
                onPress={() => go(undefined)}
              >
                {t('calendar.today')}
              </Button>
              <Button variant="secondary" onPress={() => go(shown.next)}>
                {t('calendar.next')}
              </Button>
            </div>
          </div>
          <Answer
            query={query}
            skeleton={<TableSkeleton rows={6} label={t('calendar.loading')} />}
            errorTitle={t('calendar.loadFailed')}
            asOf={({ asOf }) => asOf}
            dims
          >
            {data => (
              <div className={layout.page}>
                <Strip data={data} shown={shown} now={now} />
                <Planned data={data} />
                <Periods kind="freeze" periods={data.periods} />
                <Periods kind="maintenance" periods={data.periods} />
              </div>
            )}
          </Answer>
        </div>
      </Container>
    </>
  );
}
