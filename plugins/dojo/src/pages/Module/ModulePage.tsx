import { useRouteRefParams } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Alert,
  ButtonLink,
  Container,
  Header,
  Link,
  Text,
} from '@backstage/ui';
import type { Module } from '@fawkes/backstage-plugin-dojo-common';
import { Loaded } from '@fawkes/kit-ui/query';
import { TableSkeleton, WayBack } from '@fawkes/kit-ui/states';
import { Section } from '@fawkes/kit-ui/values';
import {
  RiBookOpenLine,
  RiCheckboxCircleFill,
  RiFlaskLine,
  RiQuestionnaireLine,
} from '@remixicon/react';
import type { ReactNode } from 'react';
import { StandingBadge } from '../../components/StandingBadge';
import { useModule, usePaths } from '../../hooks';
import { moduleRouteRef } from '../../routes';
import { dojoTranslationRef } from '../../translation';
import styles from './Module.module.css';

/** A module: what one can do afterwards, its parts, and the way in. */
export function ModulePage() {
  const { t } = useTranslationRef(dojoTranslationRef);
  const { module } = useRouteRefParams(moduleRouteRef);
  return (
    <Loaded
      query={useModule(module)}
      skeleton={<TableSkeleton rows={6} label={t('state.loading')} />}
      errorTitle={t('module.failed')}
      frame={Container}
    >
      {data => <Content key={data.id} data={data} />}
    </Loaded>
  );
}

function Content({ data }: { data: Module }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const paths = usePaths();
  return (
    <>
      <Container>
        <WayBack trail={[{ label: t('page.title'), href: paths.root() }]} />
      </Container>
      <Header
        title={data.title}
        description={data.summary}
        metadata={[
          {
            label: t('module.standing'),
            value: <StandingBadge standing={data.standing} />,
          },
          {
            label: t('module.time'),
            value: t('minutes', { count: data.minutes }),
          },
          ...(data.belt ? [{ label: t('module.belt'), value: data.belt }] : []),
          { label: t('module.version'), value: data.version },
        ]}
        customActions={<WayIn data={data} />}
      />
      <Container>
        <div className={styles.page}>
          {data.keepsProgress ? null : (
            <Alert status="info" icon title={t('guest.note')} />
          )}
          <div className={styles.columns}>
            <Section title={t('module.contents')}>
              <ol className={styles.parts}>
                {data.lessons.map(lesson => (
                  <Part
                    key={lesson.name}
                    href={paths.lesson(data.slug, lesson.name)}
                    kind={t('lesson.label')}
                    icon={<RiBookOpenLine aria-hidden size={18} />}
                    title={lesson.title}
                    locale={data.locale}
                    minutes={lesson.minutes}
                    done={lesson.readAt ? t('lesson.read') : undefined}
                  >
                    {lesson.required ? t('lesson.required') : null}
                  </Part>
                ))}
                {data.quizzes.map(quiz => (
                  <Part
                    key={quiz.id}
                    href={paths.quiz(data.slug, quiz.slug)}
                    kind={t('quiz.label')}
                    icon={<RiQuestionnaireLine aria-hidden size={18} />}
                    title={quiz.title}
                    locale={data.locale}
                    minutes={quiz.minutes}
                    done={quiz.passedAt ? t('result.passed') : undefined}
                  >
                    {t('quiz.questions', { count: quiz.questions })}
                  </Part>
                ))}
                {data.labs.map(lab => (
                  <Part
                    key={lab.id}
                    href={paths.lab(data.slug, lab.slug)}
                    kind={t('lab.label')}
                    icon={<RiFlaskLine aria-hidden size={18} />}
                    title={lab.title}
                    locale={data.locale}
                    minutes={lab.minutes}
                    done={lab.passedAt ? t('result.passed') : undefined}
                  >
                    {t('lab.inPortal')}
                  </Part>
                ))}
              </ol>
            </Section>
            <Section title={t('module.objectives')}>
              <ul lang={data.locale} className={styles.objectives}>
                {data.objectives.map(text => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
            </Section>
          </div>
        </div>
      </Container>
    </>
  );
}

/** Where to go on, and the short cut for who knows it already. */
function WayIn({ data }: { data: Module }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const paths = usePaths();
  const { lessons, quizzes, labs, slug, standing } = data;
  const lab = labs.find(({ passedAt }) => passedAt === null);
  const unread = lessons.find(({ readAt }) => readAt === null);
  const open = quizzes.find(({ passedAt }) => passedAt === null);
  const [first] = lessons;
  const goOn = standing === 'done' ? undefined : unread ?? undefined;
  const label = standing === 'new' ? t('module.start') : t('module.goOn');
  return (
    <div className={styles.ways}>
      {open && goOn ? (
        <ButtonLink variant="secondary" href={paths.quiz(slug, open.slug)}>
          {t('module.known')}
        </ButtonLink>
      ) : null}
      {goOn ? (
        <ButtonLink variant="primary" href={paths.lesson(slug, goOn.name)}>
          {label}
        </ButtonLink>
      ) : null}
      {!goOn && open ? (
        <ButtonLink variant="primary" href={paths.quiz(slug, open.slug)}>
          {label}
        </ButtonLink>
      ) : null}
      {!goOn && !open && lab ? (
        <ButtonLink variant="primary" href={paths.lab(slug, lab.slug)}>
          {label}
        </ButtonLink>
      ) : null}
      {!goOn && !open && !lab && first ? (
        <ButtonLink variant="secondary" href={paths.lesson(slug, first.name)}>
          {t('module.again')}
        </ButtonLink>
      ) : null}
    </div>
  );
}

interface PartProps {
  href: string;
  kind: string;
  icon: ReactNode;
  title: string;
  locale: string;
  minutes: number;
  /** What says that it is done; undefined as long as it is not. */
  done: string | undefined;
  children: ReactNode;
}

function Part({
  href,
  kind,
  icon,
  title,
  locale,
  minutes,
  done,
  children,
}: PartProps) {
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <li className={styles.part}>
      <span className={styles.icon}>{icon}</span>
      <div className={styles.partText}>
        <Link href={href}>
          <span lang={locale}>{title}</span>
        </Link>
        <Text as="p" variant="body-small" color="secondary">
          {kind} · {t('minutes', { count: minutes })}
          {children ? <> · {children}</> : null}
        </Text>
      </div>
      {done ? (
        <span className={styles.done}>
          <RiCheckboxCircleFill aria-hidden size={18} /> {done}
        </span>
      ) : null}
    </li>
  );
}
