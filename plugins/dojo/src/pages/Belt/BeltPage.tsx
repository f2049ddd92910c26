import { useRouteRefParams } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Container, Header, Link } from '@backstage/ui';
import type { Belt } from '@fawkes/backstage-plugin-dojo-common';
import { Loaded } from '@fawkes/kit-ui/query';
import { TableSkeleton, WayBack } from '@fawkes/kit-ui/states';
import { layout, Section, useFormat, useSaid } from '@fawkes/kit-ui/values';
import { useBelt, usePaths } from '../../hooks';
import { beltRouteRef } from '../../routes';
import { dojoTranslationRef } from '../../translation';
import { Certificate } from './Certificate';
import { ExamParts } from './ExamParts';
import { Left } from './Left';

/** A belt: what is left for it, its exam, and the award. */
export function BeltPage() {
  const { t } = useTranslationRef(dojoTranslationRef);
  const { belt } = useRouteRefParams(beltRouteRef);
  return (
    <Loaded
      query={useBelt(belt)}
      skeleton={<TableSkeleton rows={6} label={t('state.loading')} />}
      errorTitle={t('belt.failed')}
      frame={Container}
    >
      {data => <Content data={data} />}
    </Loaded>
  );
}

function Content({ data }: { data: Belt }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const speak = useSaid();
  const paths = usePaths();
  const { award, exam, needs } = data;
  return (
    <>
      <Container>
        <WayBack trail={[{ label: t('page.title'), href: paths.root() }]} />
      </Container>
      <Header
        title={t('belt.title', { belt: data.title })}
        description={`${data.certificate} · ${data.curriculum.title}`}
      />
      <Container>
        <div className={layout.page}>
          {data.keepsProgress ? null : (
            <Alert status="info" icon title={t('guest.note')} />
          )}
          {data.inPreparation ? (
            <Alert status="info" icon title={t('belt.preparation')} />
          ) : null}
          {needs.length > 0 ? (
            <Alert
              status="warning"
              icon
              title={t('belt.notHere')}
              description={needs.map(each => speak(each, each.text)).join('; ')}
            />
          ) : null}
          {award ? <Awarded award={award} /> : null}
          {award ? (
            <p>
              {t(award.revokedAt ? 'belt.revokedWhy' : 'belt.shown')}{' '}
              <Link href={paths.mine()}>{t('dojo.mine')}</Link>
            </p>
          ) : null}
          {award ? <Certificate award={award} belt={data.slug} /> : null}
          <Section
            title={t('belt.left')}
            description={
              data.left.length > 0 ? t('belt.leftText') : t('belt.nothingLeft')
            }
          >
            <Left left={data.left} locale={data.locale} />
          </Section>
          {exam ? <ExamParts belt={data} exam={exam} /> : null}
          <Section title={t('belt.objectives')}>
            <ul lang={data.locale} className={layout.points}>
              {data.objectives.map(text => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </Section>
        </div>
      </Container>
    </>
  );
}

function Awarded({ award }: { award: NonNullable<Belt['award']> }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const format = useFormat();
  return award.revokedAt ? (
    <Alert
      status="warning"
      icon
      title={t('belt.revokedTitle', { day: format.day(award.revokedAt) })}
      description={t('belt.revokedText')}
    />
  ) : (
    <Alert
      status="success"
      icon
      title={t('belt.awarded')}
      description={t('belt.awardedText', { day: format.day(award.awardedAt) })}
    />
  );
}
