import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Card,
  CardBody,
  Container,
  Header,
  Link,
  Text,
} from '@backstage/ui';
import type { CurriculumEntry } from '@fawkes/backstage-plugin-dojo-common';
import { Loaded } from '@fawkes/kit-ui/query';
import { EmptyState, PageSkeleton } from '@fawkes/kit-ui/states';
import { layout, Section } from '@fawkes/kit-ui/values';
import { StepCard } from '../../components/StepCard';
import { useDojo, usePaths } from '../../hooks';
import { dojoTranslationRef } from '../../translation';
import { Belt } from './Belt';
import styles from './Dojo.module.css';

/** Belts and modules, and one next step. */
export function DojoPage() {
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <>
      <Header title={t('page.title')} description={t('page.description')} />
      <Container>
        <Loaded
          query={useDojo()}
          skeleton={<PageSkeleton label={t('state.loading')} />}
          errorTitle={t('state.failed')}
        >
          {({ curricula, next, keepsProgress }) =>
            curricula.length === 0 ? (
              <EmptyState
                title={t('state.none.title')}
                description={t('state.none.text')}
              />
            ) : (
              <div className={styles.page}>
                {keepsProgress ? null : (
                  <Alert status="info" icon title={t('guest.note')} />
                )}
                <Card className={styles.next}>
                  <CardBody>
                    <Text as="h2" variant="title-x-small" weight="bold">
                      {t('next.title')}
                    </Text>
                    <StepCard step={next} />
                  </CardBody>
                </Card>
                {keepsProgress ? <Ways /> : null}
                {curricula.map(curriculum => (
                  <Curriculum
                    key={curriculum.id}
                    curriculum={curriculum}
                    named={curricula.length > 1}
                  />
                ))}
              </div>
            )
          }
        </Loaded>
      </Container>
    </>
  );
}

/** Where to find what is known, of oneself and of teams. */
function Ways() {
  const { t } = useTranslationRef(dojoTranslationRef);
  const paths = usePaths();
  return (
    <nav className={layout.row} aria-label={t('dojo.mine')}>
      <Link href={paths.mine()}>{t('dojo.mine')}</Link>
      <Link href={paths.teams()}>{t('dojo.teams')}</Link>
    </nav>
  );
}

function Curriculum({
  curriculum,
  named,
}: {
  curriculum: CurriculumEntry;
  /** There are several, so that each says which it is. */
  named: boolean;
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const titles = new Map(
    curriculum.belts.flatMap(({ modules }) =>
      modules.map(({ slug, title }) => [slug, title] as const),
    ),
  );
  const title = t('belts.title');
  return (
    <Section title={named ? `${title} · ${curriculum.title}` : title}>
      <ol className={styles.belts}>
        {curriculum.belts.map(belt => (
          <Belt
            key={belt.slug}
            belt={belt}
            locale={curriculum.locale}
            titleOf={slug => titles.get(slug) ?? slug}
          />
        ))}
      </ol>
    </Section>
  );
}
