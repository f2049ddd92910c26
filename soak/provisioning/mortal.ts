/** A provisioning backend that comes to a moment of an effect and waits there to be killed. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { appendFile } from 'node:fs/promises';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { provisioningDriversExtensionPoint } from '@fawkes/backstage-plugin-provisioning-node';
import { nameDriver } from '../../plugins/provisioning-backend/src/drivers/names';
import { retireDriver } from '../../plugins/provisioning-backend/src/drivers/retire';
import type { EffectDriver } from '../../plugins/provisioning-backend/src/effects/driver';
import type { LocalHost } from '../../plugins/provisioning-backend/src/effects/localHost';
import { openKnex } from '../../bench/lib/databases';
import { readSettings, tell } from '../../bench/lib/child';
import { realPlugin } from '../../bench/provisioning/realPlugin';
import type { Moment, MortalSettings, Order, Report } from './protocol';

process.env.NODE_ENV ??= 'test';

let order: Order | undefined;

/** Waits for death, if this is where it comes. */
async function pass(type: string, moment: Moment): Promise<void> {
  if (order?.type !== type || order.moment !== moment) return;
  tell<Report>({ report: 'there' });
  if (moment !== 'during') await new Promise(() => {});
}

/** A driver that passes the moments of its effects. */
function mortal(driver: EffectDriver): EffectDriver {
  return {
    types: driver.types,
    place: driver.place,
    makes: request => driver.makes(request),
    lookUp: context => driver.lookUp(context),
    async make(context) {
      const { type } = context.effect;
      await pass(type, 'before');
      await pass(type, 'during');
      const result = await driver.make(context);
      await pass(type, 'after');
      return result;
    },
  };
}

/** The same host with such drivers. It makes them anew when it takes its lease. */
function withMortalDrivers(host: LocalHost): LocalHost {
  return new Proxy(host, {
    get(target, name) {
      if (name === 'drivers') return target.drivers.map(mortal);
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

async function serve(): Promise<void> {
  const settings = readSettings<MortalSettings>();
  const db = openKnex(settings.database);
  const ofTheCore = [nameDriver, retireDriver(db, () => Date.now())];
  const app = await realPlugin(settings, {
    hear: events =>
      appendFile(
        settings.heard,
        events.map(event => `${JSON.stringify(event)}\n`).join(''),
      ),
    around: start => async options => withMortalDrivers(await start(options)),
    features: [
      createBackendModule({
        pluginId: 'provisioning',
        moduleId: 'mortal',
        register(reg) {
          reg.registerInit({
            deps: { drivers: provisioningDriversExtensionPoint },
            init: async ({ drivers }) =>
              drivers.addDrivers(...ofTheCore.map(mortal)),
          });
        },
      }),
    ],
  });
  const server = createServer(app);
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  process.on('message', (told: Order) => {
    order = told;
  });
  process.on('disconnect', () => process.exit(0));
  const { port } = server.address() as AddressInfo;
  tell<Report>({ report: 'serving', port });
  tell({ report: 'ready' });
}

// What goes wrong before it serves ends the process, and whoever started it is told so.
serve();
