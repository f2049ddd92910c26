import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Box, Button, Text } from '@backstage/ui';
import type { Attempt } from '@fawkes/backstage-plugin-dojo-common';
import { ErrorState } from '@fawkes/kit-ui/states';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useMillisecondsUntil, useSubmitAttempt } from '../../hooks';
import { dojoTranslationRef } from '../../translation';
import { Clock } from './Clock';
import { Overview } from './Overview';
import { QuestionForm } from './QuestionForm';
import styles from './Quiz.module.css';
import { Saved } from './Saved';
import { isAnswered } from './answered';
import { useAutosave } from './useAutosave';

/** A quiz that goes on: one question at a time, in any order. */
export function Runner({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const saving = useAutosave(attempt);
  const submit = useSubmitAttempt(attempt.id);
  const { mutate } = submit;
  const { forSubmit, takeBack } = saving;
  const [at, setAt] = useState(0);
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const heading = useRef<HTMLHeadingElement>(null);
  const left = useMillisecondsUntil(attempt.deadlineAt, attempt.asOf);
  const item = attempt.items[at];
  const open = attempt.items.filter(
    ({ id }) => !isAnswered(saving.answers.get(id)),
  ).length;

  const handIn = useCallback(
    async (late = false) => {
      const body = await forSubmit();
      mutate(body, {
        // At the end of time an answer that is none must not hold up the others.
        onError: () => {
          takeBack();
          if (late) mutate({ seq: 1, answers: [] });
        },
      });
    },
    [forSubmit, takeBack, mutate],
  );
  const isOver = left === 0;
  useEffect(() => {
    if (isOver) handIn(true);
  }, [isOver, handIn]);

  const goTo = (index: number) => {
    setAt(index);
    // Whoever goes by keyboard or ear begins at the new question.
    heading.current?.focus();
  };
  const mark = () => {
    const next = new Set(marked);
    if (!next.delete(item.id)) next.add(item.id);
    setMarked(next);
  };

  return (
    <div className={styles.runner}>
      <div className={styles.bar}>
        <Clock left={left} />
        <Saved state={saving.state} savedAt={saving.savedAt} />
      </div>
      {attempt.practice ? (
        <Text as="p" variant="body-medium" color="secondary">
          {t('quiz.practice')}
        </Text>
      ) : null}
      <div className={styles.columns}>
        <Box
          as="section"
          bg="neutral"
          className={styles.question}
          aria-labelledby="dojo-question"
        >
          <div className={styles.questionHead}>
            <h2 id="dojo-question" ref={heading} tabIndex={-1}>
              {t('run.question', {
                number: String(at + 1),
                all: String(attempt.items.length),
              })}
            </h2>
            <span className={styles.quiet}>
              {item.points > 0
                ? t('run.points', { count: item.points })
                : t('run.noPoints')}
            </span>
          </div>
          <QuestionForm
            key={item.id}
            item={item}
            answer={saving.answers.get(item.id)}
            readAs={saving.readAs.find(({ item: id }) => id === item.id)?.text}
            onAnswer={answer => saving.answer(item.id, answer)}
          />
          {saving.error ? (
            <ErrorState
              title={t('run.notSaved')}
              error={saving.error}
              onRetry={saving.save}
              isRetrying={saving.state === 'saving'}
            />
          ) : null}
          <div className={styles.ways}>
            <Button
              variant="secondary"
              isDisabled={at === 0}
              onPress={() => goTo(at - 1)}
            >
              {t('run.previous')}
            </Button>
            <Button
              variant="tertiary"
              aria-pressed={marked.has(item.id)}
              onPress={mark}
            >
              {t(marked.has(item.id) ? 'run.unmark' : 'run.mark')}
            </Button>
            {at < attempt.items.length - 1 ? (
              <Button variant="primary" onPress={() => goTo(at + 1)}>
                {t('run.next')}
              </Button>
            ) : null}
          </div>
        </Box>
        <Box as="aside" bg="neutral" className={styles.side}>
          <Overview
            items={attempt.items}
            answers={saving.answers}
            marked={marked}
            at={at}
            onGo={goTo}
          />
          <div className={styles.handIn}>
            <Text as="p" variant="body-medium" color="secondary">
              {open > 0 ? t('run.submitOpen', { count: open }) : null}
            </Text>
            {submit.isError ? (
              <ErrorState title={t('run.submitFailed')} error={submit.error} />
            ) : null}
            <Button
              variant={open === 0 ? 'primary' : 'secondary'}
              isPending={submit.isPending}
              onPress={() => handIn()}
            >
              {t('run.submit')}
            </Button>
          </div>
        </Box>
      </div>
    </div>
  );
}
