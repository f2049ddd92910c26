import { useRouteRefParams } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, ButtonLink, Container, Header } from '@backstage/ui';
import type { Attempt, Belt, Exam } from '@fawkes/backstage-plugin-dojo-common';
import { Loaded } from '@fawkes/kit-ui/query';
import { EmptyState, TableSkeleton, WayBack } from '@fawkes/kit-ui/states';
import { layout, Section, useSaid } from '@fawkes/kit-ui/values';
import { useState } from 'react';
import { useAttempt, useBelt, usePaths } from '../../hooks';
import { examRouteRef } from '../../routes';
import { dojoTranslationRef } from '../../translation';
import { Runner, StartButton, useFraction } from '../Quiz';

/** The questions of an exam: before them, while they go on, and afterwards. */
export function ExamPage() {
  const { t } = useTranslationRef(dojoTranslationRef);
  const { belt } = useRouteRefParams(examRouteRef);
  const paths = usePaths();
  return (
    <Loaded
      query={useBelt(belt)}
      skeleton={<TableSkeleton rows={6} label={t('state.loading')} />}
      errorTitle={t('exam.failed')}
      frame={Container}
    >
      {data => (
        <>
          <Container>
            <WayBack
              trail={[
                { label: t('page.title'), href: paths.root() },
                {
                  label: t('belt.title', { belt: data.title }),
                  href: paths.belt(data.slug),
                },
              ]}
            />
          </Container>
          <Header title={data.exam?.title ?? t('belt.exam')} />
          <Container>
            {data.exam ? (
              <Content key={data.exam.id} belt={data} exam={data.exam} />
            ) : (
              <EmptyState
                title={t('exam.none')}
                description={t('exam.noneText')}
              />
            )}
          </Container>
        </>
      )}
    </Loaded>
  );
}

function Content({ belt, exam }: { belt: Belt; exam: Exam }) {
  const [started, setStarted] = useState<string>();
  const id = started ?? exam.lastAttempt?.id;
  return (
    <div className={layout.page}>
      {id === undefined ? (
        <Terms belt={belt} exam={exam} onStarted={setStarted} />
      ) : (
        <Going id={id} belt={belt} exam={exam} onStarted={setStarted} />
      )}
    </div>
  );
}

/** What somebody agrees to by starting. */
function Terms({
  belt,
  exam,
  onStarted,
}: {
  belt: Belt;
  exam: Exam;
  onStarted(id: string): void;
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <>
      <ul className={layout.points}>
        <li>
          {t('exam.questions', {
            count: exam.questions,
            minutes: String(exam.clockMinutes),
          })}
        </li>
        {exam.labs.length > 0 ? (
          <li>{t('exam.labs', { count: exam.labs.length })}</li>
        ) : null}
        <li>
          {t('exam.pass', {
            required: String(exam.required),
            total: String(exam.total),
          })}
        </li>
        <li>{t('exam.retake', { count: exam.retakeWaitDays })}</li>
        {exam.publicItems ? <li>{t('exam.public')}</li> : null}
        <li>{t('quiz.saved')}</li>
        <li>{t('quiz.private')}</li>
      </ul>
      <Start
        belt={belt}
        exam={exam}
        label={t('exam.start')}
        onStarted={onStarted}
      />
    </>
  );
}

/** The way in, or why there is none. */
function Start({
  belt,
  exam,
  label,
  onStarted,
}: {
  belt: Belt;
  exam: Exam;
  label: string;
  onStarted(id: string): void;
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const speak = useSaid();
  if (!belt.keepsProgress) return <p>{t('exam.guest')}</p>;
  if (exam.hindrance) {
    return (
      <Alert
        status="info"
        icon
        title={speak(exam.hindrance, exam.hindrance.text)}
      />
    );
  }
  return <StartButton quiz={exam} label={label} onStarted={onStarted} />;
}

function Going({
  id,
  belt,
  exam,
  onStarted,
}: {
  id: string;
  belt: Belt;
  exam: Exam;
  onStarted(id: string): void;
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <Loaded
      query={useAttempt(id)}
      skeleton={<TableSkeleton rows={6} label={t('state.loading')} />}
      errorTitle={t('exam.failed')}
    >
      {attempt =>
        attempt.state === 'open' ? (
          <Runner key={attempt.id} attempt={attempt} />
        ) : (
          <>
            <Ended attempt={attempt} belt={belt} exam={exam} />
            {exam.passed ? null : (
              <Start
                belt={belt}
                exam={exam}
                label={t('exam.again')}
                onStarted={onStarted}
              />
            )}
          </>
        )
      }
    </Loaded>
  );
}

function Ended({
  attempt: { result },
  belt,
  exam,
}: {
  attempt: Attempt;
  belt: Belt;
  exam: Exam;
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const paths = usePaths();
  const asText = useFraction();
  if (!result) return null;
  const { earned, total, missed } = result;
  return (
    <>
      <Alert
        role="status"
        status={exam.passed ? 'success' : 'info'}
        icon
        title={t(exam.passed ? 'exam.passedTitle' : 'exam.handedIn')}
        description={
          earned
            ? t('exam.handedInText', {
                earned: asText(earned),
                total: String(total),
              })
            : undefined
        }
      />
      {missed.length > 0 ? (
        <Section title={t('exam.missed')}>
          <ul lang={belt.locale} className={layout.points}>
            {missed.map(({ name, title }) => (
              <li key={name}>{title}</li>
            ))}
          </ul>
        </Section>
      ) : null}
      <div>
        <ButtonLink variant="primary" href={paths.belt(belt.slug)}>
          {t('result.belt')}
        </ButtonLink>
      </div>
    </>
  );
}
