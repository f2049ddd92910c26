import { useRouteRefParams } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container, Header } from '@backstage/ui';
import type { Module, QuizEntry } from '@fawkes/backstage-plugin-dojo-common';
import { Loaded } from '@fawkes/kit-ui/query';
import { EmptyState, TableSkeleton, WayBack } from '@fawkes/kit-ui/states';
import { useState } from 'react';
import { useAttempt, useModule, usePaths } from '../../hooks';
import { quizRouteRef } from '../../routes';
import { dojoTranslationRef } from '../../translation';
import { Intro } from './Intro';
import styles from './Quiz.module.css';
import { Result } from './Result';
import { Runner } from './Runner';

/** A quiz: before it, while it goes on, and how it ended. */
export function QuizPage() {
  const { t } = useTranslationRef(dojoTranslationRef);
  const { module, quiz: slug } = useRouteRefParams(quizRouteRef);
  return (
    <Loaded
      query={useModule(module)}
      skeleton={<TableSkeleton rows={6} label={t('state.loading')} />}
      errorTitle={t('quiz.failed')}
      frame={Container}
    >
      {data => {
        const quiz = data.quizzes.find(each => each.slug === slug);
        return quiz ? (
          <Content key={quiz.id} module={data} quiz={quiz} />
        ) : (
          <Container>
            <EmptyState
              title={t('words.quiz.not_found')}
              description={<Back module={data} />}
            />
          </Container>
        );
      }}
    </Loaded>
  );
}

function Back({ module }: { module: Module }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const paths = usePaths();
  return (
    <WayBack
      trail={[
        { label: t('page.title'), href: paths.root() },
        { label: module.title, href: paths.module(module.slug) },
      ]}
    />
  );
}

function Content({ module, quiz }: { module: Module; quiz: QuizEntry }) {
  const [started, setStarted] = useState<string>();
  const id = started ?? quiz.lastAttempt?.id;
  return (
    <>
      <Container>
        <Back module={module} />
      </Container>
      <Header title={quiz.title} />
      <Container>
        <div className={styles.page}>
          {id === undefined ? (
            <Intro module={module} quiz={quiz} onStarted={setStarted} />
          ) : (
            <Going id={id} module={module} quiz={quiz} onStarted={setStarted} />
          )}
        </div>
      </Container>
    </>
  );
}

interface GoingProps {
  id: string;
  module: Module;
  quiz: QuizEntry;
  onStarted(id: string): void;
}

function Going({ id, module, quiz, onStarted }: GoingProps) {
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <Loaded
      query={useAttempt(id)}
      skeleton={<TableSkeleton rows={6} label={t('state.loading')} />}
      errorTitle={t('quiz.failed')}
    >
      {attempt =>
        attempt.state === 'open' ? (
          <Runner key={attempt.id} attempt={attempt} />
        ) : (
          <Result
            key={attempt.id}
            attempt={attempt}
            quiz={quiz}
            module={module}
            onStarted={onStarted}
          />
        )
      }
    </Loaded>
  );
}
