import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { Knex } from 'knex';
import { readIntake } from '../read/intake';

/**
 * Shows an operator how the intake stands: what waits, what was refused, and how
 * far the numbers lag behind. Read from the database when asked, so that every
 * replica tells the same.
 */
export function observeIntake(
  metrics: MetricsService,
  db: Knex,
  now: () => number,
): void {
  const queue = metrics.createObservableGauge('delivery.intake.events', {
    description: 'Messages in the inbox by state',
    unit: '{message}',
  });
  queue.addCallback(async result => {
    const intake = await readIntake({ db, now: now() });
    result.observe(intake.received, { state: 'received' });
    result.observe(intake.rejected, { state: 'rejected' });
  });
  const dirty = metrics.createObservableGauge('delivery.derive.services', {
    description: 'Services whose numbers are to be derived again',
    unit: '{service}',
  });
  dirty.addCallback(async result => {
    const intake = await readIntake({ db, now: now() });
    result.observe(intake.dirtyServices);
  });
  const lag = metrics.createObservableGauge('delivery.intake.lag', {
    description: 'Age of the oldest message that is not in the numbers yet',
    unit: 's',
  });
  lag.addCallback(async result => {
    const intake = await readIntake({ db, now: now() });
    result.observe(intake.lagSeconds);
  });
}
