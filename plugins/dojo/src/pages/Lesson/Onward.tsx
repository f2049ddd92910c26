import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink } from '@backstage/ui';
import type { Lesson } from '@fawkes/backstage-plugin-dojo-common';
import { ErrorState } from '@fawkes/kit-ui/states';
import { RiArrowLeftLine, RiArrowRightLine } from '@remixicon/react';
import { useNavigate } from 'react-router-dom';
import { useNoteLesson, usePaths } from '../../hooks';
import { dojoTranslationRef } from '../../translation';
import styles from './Lesson.module.css';

/** The end of a lesson: it is done, and the next part is one step away. */
export function Onward({ data }: { data: Lesson }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const paths = usePaths();
  const navigate = useNavigate();
  const finished = useNoteLesson('finished');
  const { module, previous, following, quizzes, labs, keepsProgress, name } =
    data;
  const [quiz] = quizzes;
  const [lab] = labs;
  const next = nextOf();

  function nextOf() {
    if (following) {
      return {
        label: t('lesson.next', { title: following.title }),
        href: paths.lesson(module.slug, following.name),
      };
    }
    if (quiz) {
      return {
        label: t('lesson.toQuiz', { title: quiz.title }),
        href: paths.quiz(module.slug, quiz.slug),
      };
    }
    return lab
      ? {
          label: t('lesson.toQuiz', { title: lab.title }),
          href: paths.lab(module.slug, lab.slug),
        }
      : { label: t('lesson.finish'), href: paths.module(module.slug) };
  }

  return (
    <footer className={styles.onward}>
      {finished.isError ? (
        <ErrorState title={t('lesson.notSaved')} error={finished.error} />
      ) : null}
      <div className={styles.ways}>
        {previous ? (
          <ButtonLink
            variant="tertiary"
            iconStart={<RiArrowLeftLine aria-hidden />}
            href={paths.lesson(module.slug, previous.name)}
          >
            {t('lesson.previous', { title: previous.title })}
          </ButtonLink>
        ) : (
          <span />
        )}
        {keepsProgress ? (
          <Button
            variant="primary"
            iconEnd={<RiArrowRightLine aria-hidden />}
            isPending={finished.isPending}
            onPress={() =>
              finished.mutate(
                { module: module.slug, lesson: name },
                { onSuccess: () => navigate(next.href) },
              )
            }
          >
            {next.label}
          </Button>
        ) : (
          <ButtonLink variant="primary" href={next.href}>
            {next.label}
          </ButtonLink>
        )}
      </div>
    </footer>
  );
}
