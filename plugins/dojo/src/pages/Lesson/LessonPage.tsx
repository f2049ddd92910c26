import { useRouteRefParams } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container, Header } from '@backstage/ui';
import type { Lesson } from '@fawkes/backstage-plugin-dojo-common';
import { Loaded } from '@fawkes/kit-ui/query';
import { ErrorState, TableSkeleton, WayBack } from '@fawkes/kit-ui/states';
import { useEffect } from 'react';
import { Markdown } from '../../components/Markdown';
import { useLesson, useNoteLesson, usePaths } from '../../hooks';
import { lessonRouteRef } from '../../routes';
import { dojoTranslationRef } from '../../translation';
import styles from './Lesson.module.css';
import { Onward } from './Onward';

/** A lesson to read, with its outline and the way on. */
export function LessonPage() {
  const { t } = useTranslationRef(dojoTranslationRef);
  const { module, lesson } = useRouteRefParams(lessonRouteRef);
  return (
    <Loaded
      query={useLesson(module, lesson)}
      skeleton={<TableSkeleton rows={6} label={t('state.loading')} />}
      errorTitle={t('lesson.failed')}
      frame={Container}
    >
      {data => <Reader key={`${module}/${lesson}`} data={data} />}
    </Loaded>
  );
}

function Reader({ data }: { data: Lesson }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const paths = usePaths();
  const opened = useNoteLesson('opened');
  const { mutate } = opened;
  const { module, name, keepsProgress } = data;
  useEffect(() => {
    if (keepsProgress) mutate({ module: module.slug, lesson: name });
  }, [keepsProgress, module.slug, name, mutate]);
  return (
    <>
      <Container>
        <WayBack
          trail={[
            { label: t('page.title'), href: paths.root() },
            { label: module.title, href: paths.module(module.slug) },
          ]}
        />
      </Container>
      <Header
        title={data.title}
        metadata={[
          {
            label: t('module.time'),
            value: t('minutes', { count: data.minutes }),
          },
          ...(data.readAt
            ? [{ label: t('module.standing'), value: t('lesson.read') }]
            : []),
        ]}
      />
      <Container>
        <div className={styles.page}>
          <div className={styles.columns}>
            <article className={styles.text} aria-label={data.title}>
              {opened.isError ? (
                <ErrorState
                  title={t('lesson.notSaved')}
                  error={opened.error}
                  onRetry={() => mutate({ module: module.slug, lesson: name })}
                  isRetrying={opened.isPending}
                />
              ) : null}
              <Markdown
                lang={data.locale}
                headings={data.headings}
                drawings={data.drawings}
              >
                {data.markdown}
              </Markdown>
              <Onward data={data} />
            </article>
            {data.headings.length > 1 ? (
              <nav aria-label={t('lesson.outline')} className={styles.outline}>
                <p>{t('lesson.outline')}</p>
                <ol lang={data.locale}>
                  {data.headings.map(({ id, text, level }) => (
                    <li key={id} data-level={level}>
                      <a href={`#${id}`} onClick={() => focusOn(id)}>
                        {text}
                      </a>
                    </li>
                  ))}
                </ol>
              </nav>
            ) : null}
          </div>
        </div>
      </Container>
    </>
  );
}

/** Whoever jumps by keyboard or ear goes on reading from there. */
function focusOn(id: string): void {
  document.getElementById(id)?.focus();
}
