import { openKnex } from '/work/main/bench/delivery/databases';
import { planWorld, NOW } from '/work/main/bench/delivery/world';
import { measureScope } from '/work/main/plugins/delivery-backend/src/measure/metrics';
import { metricsQuerySchema } from '/work/main/plugins/delivery-common/src';
import { readDeliveryConfig } from '/work/main/plugins/delivery-backend/src/config';
import { ConfigReader } from '@backstage/config';
(async () => {
  const [name, scale, n] = process.argv.slice(2);
  const url = new URL(process.env.FAWKES_PG!); url.pathname = '/' + name;
  const db = openKnex({ dialect: 'pg', url: url.href });
  const world = planWorld(Number(scale), 1);
  const scope = { entities: [], services: world.services.map(s => ({ ref: s.ref, title: s.ref, owner: s.team, sample: false })), single: false };
  const q = metricsQuerySchema.parse({ from: '2025-07-01', to: '2026-07-01' });
  const config = readDeliveryConfig(new ConfigReader({}));
  for (let i = 0; i < Number(n); i++) {
    const c = process.cpuUsage(); const t = performance.now();
    await measureScope(scope, q, { db, config, now: NOW });
    const u = process.cpuUsage(c);
    console.log((performance.now() - t).toFixed(0), 'ms wall', (u.user / 1000).toFixed(0), 'ms cpu');
  }
  await db.destroy();
})();
