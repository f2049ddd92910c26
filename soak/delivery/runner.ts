/** A delivery backend without HTTP, to be killed at any moment. */
import { inTransaction, openDatabase } from '@fawkes/kit-backend/sql';
import { openKnex } from '../../bench/lib/databases';
import { recordEvents } from '../../plugins/delivery-backend/src/intake/recordEvents';
import { rebuildIfChanged } from '../../plugins/delivery-backend/src/jobs/rebuildIfChanged';
import { saveMappings } from '../../plugins/delivery-backend/src/jobs/refreshMapping';
import { MIGRATIONS } from '../../plugins/delivery-backend/src/store/database';
import { serveTorn } from '../lib/torn';
import { mappings, NOW } from './load';
import { config, dayOf, workerOn } from './pipeline';

serveTorn(async (address, onError) => {
  // What the plugin does when it starts, with a catalog that does not change.
  const db = await openDatabase(
    { getClient: async () => openKnex(address) },
    MIGRATIONS,
  );
  const known = new Map(mappings().map(mapping => [mapping.service, mapping]));
  await inTransaction(db, tx => saveMappings(tx, known, { now: NOW, dayOf }));
  await rebuildIfChanged(db, config, NOW);
  const worker = workerOn(db, onError);
  worker.start();
  return {
    tell: async items => {
      const taken = await recordEvents(
        db,
        items.map(value => ({ value })),
        { now: NOW, correlationId: 'soak', hideName: () => undefined },
      );
      worker.nudge();
      return taken;
    },
    settle: async () => {
      await worker.stop();
      await workerOn(db, onError).settle();
      await db.destroy();
    },
  };
});
