import { openKnex } from './delivery/databases';
import { NOW } from './delivery/world';
import { readDeliveryConfig } from '../plugins/delivery-backend/src/config';
import { ConfigReader } from '@backstage/config';
import { dayKeyOf } from '../plugins/delivery-common/src';
import { DeliveryWorker } from '../plugins/delivery-backend/src/jobs/worker';
import { processInbox } from '../plugins/delivery-backend/src/intake/processInbox';
import { processDirty } from '../plugins/delivery-backend/src/derive/processDirty';
import { rollUp } from '../plugins/delivery-backend/src/derive/rollUp';
import { eventMapper } from '../plugins/delivery-backend/src/intake/mappers';
import { Present } from './delivery/measures/present';
import { planWorld } from './delivery/world';
import { recordEvents } from '../plugins/delivery-backend/src/intake/recordEvents';
import { logger } from './delivery/surroundings';
(async () => {
  const [name, secs] = process.argv.slice(2);
  const url = new URL(process.env.FAWKES_PG!); url.pathname = '/' + name;
  const db = openKnex({ dialect: 'pg', url: url.href });
  const config = readDeliveryConfig(new ConfigReader({}));
  const stat = new Map<string, { n: number; ms: number }>();
  const open = new Map<string, [number, string]>();
  db.on('query', (q: any) => { const norm = q.sql.replace(/(\$\d+, ?){3,}/g, '$..').slice(0, 230); open.set(q.__knexQueryUid, [performance.now(), norm]); });
  db.on('query-response', (_r: any, q: any) => { const o = open.get(q.__knexQueryUid); if (!o) return; open.delete(q.__knexQueryUid); const s = stat.get(o[1]) ?? { n: 0, ms: 0 }; s.n++; s.ms += performance.now() - o[0]; stat.set(o[1], s); });
  const context = { ...config, dayOf: (ms: number) => dayKeyOf(ms, config.timezone), isSandbox: (s: string) => config.sandboxSources.has(s), now: NOW };
  const t = { inbox: 0, dirty: 0, roll: 0 }, n = { inbox: 0, dirty: 0, roll: 0 };
  if (process.argv[4]) await db.raw('insert into dirty_services (service_ref, from_at, since) select service_ref, 0, 0 from services order by service_ref offset ? limit ?', process.argv[4].split(',').map(Number));
  if (process.argv[5]) {
    const row = await db('bench_data').first('value');
    const data: any = { ...JSON.parse(row.value), world: planWorld(Number(process.argv[6]), 1) };
    const present = new Present(data, 9); let k = Number(process.argv[5]); let a = performance.now(); const c0 = process.cpuUsage();
    let evs: any[] = []; while (k > 0) { evs.push(present.take(500)); k -= 500; }
    console.log('made', performance.now() - a); a = performance.now();
    const c1 = process.cpuUsage();
    for (const e of evs) await recordEvents(db, JSON.parse(JSON.stringify(e)).map((value: any) => ({ value })), { now: NOW, correlationId: 'x' });
    console.log('recorded', performance.now() - a, process.cpuUsage(c1));
    present.end(); await db('bench_data').update({ value: JSON.stringify({ filled: data.filled, about: data.about, peakMiB: data.peakMiB }) });
    stat.clear();
  }
  const end = performance.now() + Number(secs) * 1000;
  const cpu = process.cpuUsage();
  while (performance.now() < end) {
    let a = performance.now();
    const i = await processInbox(db, Number(process.env.IB ?? 500), { now: NOW, dayOf: context.dayOf, mappers: new Map([['event', eventMapper]]), logger }); t.inbox += performance.now() - a; n.inbox += i;
    a = performance.now(); const d = await processDirty(db, 100, context); t.dirty += performance.now() - a; n.dirty += d.length;
    a = performance.now(); const r = await rollUp(db, 400, context); t.roll += performance.now() - a; n.roll += r;
    if (i + d.length + r === 0) break;
  }
  console.log(t, n, process.cpuUsage(cpu));
  for (const [k, s] of [...stat].sort((x, y) => y[1].ms - x[1].ms).slice(0, 22)) console.log(s.ms.toFixed(0).padStart(7), String(s.n).padStart(6), (s.ms / s.n).toFixed(1).padStart(7), k.replace(/\s+/g, ' '));
  await db.destroy();
})();
