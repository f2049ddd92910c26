/** A backend without HTTP, to be killed at any moment: takes orders over IPC. */
import { inTransaction } from '@fawkes/kit-backend/sql';
import { recordEvents } from '../../plugins/delivery-backend/src/intake/recordEvents';
import { rebuildIfChanged } from '../../plugins/delivery-backend/src/jobs/rebuildIfChanged';
import { saveMappings } from '../../plugins/delivery-backend/src/jobs/refreshMapping';
import { openStore } from './databases';
import { mappings, NOW } from './load';
import { config, dayOf, workerOn } from './pipeline';
import { readAddress, type Order, type Report } from './protocol';

function report(message: Report): void {
  process.send?.(message);
}

function fail(error: unknown): void {
  report({ report: 'failed', error: String(error) });
}

async function main(): Promise<void> {
  const db = await openStore(readAddress());
  // What the plugin does when it starts, with a catalog that does not change.
  const known = new Map(mappings().map(mapping => [mapping.service, mapping]));
  const apply = { now: NOW, dayOf };
  await inTransaction(db, tx => saveMappings(tx, known, apply));
  await rebuildIfChanged(db, config, NOW);
  const worker = workerOn(db, fail);
  worker.start();

  const obey = async (order: Order) => {
    if (order.order === 'tell') {
      const { accepted, rejected } = await recordEvents(
        db,
        order.events.map(value => ({ value })),
        { now: NOW, correlationId: 'soak' },
      );
      report({ report: 'told', batch: order.batch, accepted, rejected });
      worker.nudge();
      return;
    }
    await worker.stop();
    await workerOn(db, fail).settle();
    await db.destroy();
    report({ report: 'settled' });
    process.disconnect();
  };
  process.on('message', (order: Order) => {
    obey(order).catch(fail);
  });
  report({ report: 'ready' });
}

main().catch(error => {
  fail(error);
  process.exitCode = 1;
});
