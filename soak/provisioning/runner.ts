/** A process that drives runs, to be killed at any moment. */
import { openDatabase } from '@fawkes/kit-backend/sql';
import { readSettings, tell } from '../../bench/lib/child';
import { openKnex, type DatabaseAddress } from '../../bench/lib/databases';
import { Drivers } from '../../plugins/provisioning-backend/src/effects/drivers';
import { Leases } from '../../plugins/provisioning-backend/src/leases';
import { Runner } from '../../plugins/provisioning-backend/src/runner/runner';
import { MIGRATIONS } from '../../plugins/provisioning-backend/src/store/database';
import { fileWorld } from './fileWorld';

/** What such a process is told. */
export interface RunnerSettings {
  database: DatabaseAddress;
  /** The file in which the world is. */
  world: string;
  /** Leases are short, so that nobody waits a minute for the dead. */
  ttlMs: number;
}

async function main(): Promise<void> {
  const { database, world, ttlMs } = readSettings<RunnerSettings>();
  const db = await openDatabase(
    { getClient: async () => openKnex(database) },
    MIGRATIONS,
  );
  const says = (level: string) => (text: string, more?: object) => {
    if (level === 'error') {
      tell({ report: 'failed', error: `${text} ${JSON.stringify(more)}` });
    }
  };
  const logger = {
    error: says('error'),
    warn: says('warn'),
    info: says('info'),
    debug: says('debug'),
    child: () => logger,
  };
  const driver = fileWorld(world);
  const runner = new Runner({
    db,
    logger,
    config: { practiceMs: 86_400_000 },
    leases: new Leases({ db, holder: `soak/${process.pid}`, ttlMs }),
    drivers: new Drivers(() => [driver]),
    people: { stillMay: async () => true },
    now: () => Date.now(),
    localHost: () => undefined,
    localLease: () => undefined,
    redact: text => text,
    announce: () => {},
    times: { look: 20, away: 50 },
  });
  process.on('message', () => {
    const end = async () => {
      // What the dead held is anybody's after a while.
      while (await db('runs').where('state', 'running').first('id')) {
        await runner.settle();
        await new Promise(resolve => setTimeout(resolve, 50));
      }
      await db.destroy();
      tell({ report: 'settled' });
      process.disconnect();
    };
    end().catch(error => tell({ report: 'failed', error: String(error) }));
  });
  tell({ report: 'ready' });
}

main().catch(error => tell({ report: 'failed', error: String(error) }));
