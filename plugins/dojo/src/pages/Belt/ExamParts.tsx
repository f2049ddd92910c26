import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Link } from '@backstage/ui';
import type { Belt, Exam } from '@fawkes/backstage-plugin-dojo-common';
import { layout, Section, useFormat } from '@fawkes/kit-ui/values';
import { usePaths } from '../../hooks';
import { dojoTranslationRef } from '../../translation';
import { useFraction } from '../Quiz';
import styles from './Belt.module.css';

/** The exam of a belt by its parts: the best of each, and the way there. */
export function ExamParts({ belt, exam }: { belt: Belt; exam: Exam }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const paths = usePaths();
  const format = useFormat();
  const asText = useFraction();
  const { lastAttempt, labsOpenUntil } = exam;
  const isOpen = lastAttempt?.state === 'open';
  return (
    <Section
      title={t('belt.exam')}
      description={t('exam.points', {
        earned: asText(exam.earned),
        total: String(exam.total),
        required: String(exam.required),
      })}
    >
      <table className={styles.parts}>
        <thead>
          <tr>
            <th scope="col">{t('exam.part')}</th>
            <th scope="col">{t('exam.have')}</th>
          </tr>
        </thead>
        <tbody>
          {exam.parts.map(({ lab, title, earned, total }) => (
            <tr key={lab ?? 'questions'}>
              <th scope="row">
                {lab === null ? (
                  t('exam.partQuestions')
                ) : (
                  <Link href={paths.examLab(belt.slug, lab)}>
                    <span lang={belt.locale}>{title}</span>
                  </Link>
                )}
              </th>
              <td>
                {t('exam.of', {
                  earned: asText(earned),
                  total: String(total),
                })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {labsOpenUntil && !exam.passed ? (
        <p className={layout.quiet}>
          {t('exam.labsUntil', { time: format.instant(labsOpenUntil) })}
        </p>
      ) : null}
      {exam.passed ? null : (
        <ButtonLink
          variant={exam.hindrance ? 'secondary' : 'primary'}
          href={paths.exam(belt.slug)}
        >
          {t(isOpen ? 'exam.goOn' : 'exam.toStart')}
        </ButtonLink>
      )}
    </Section>
  );
}
