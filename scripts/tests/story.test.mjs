import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { fromRoot } from '../lib/paths.mjs';
import { measure } from '../story/delivery/measure.mjs';
import { deployedServices, readShapes } from '../story/delivery/shapes.mjs';
import { shapesTable } from '../story/delivery/table.mjs';
import { tellStory } from '../story/delivery/tell.mjs';
import { DAY, WorkCalendar } from '../story/lib/calendar.mjs';

const story = readShapes();
const end = Date.parse('2026-03-18T00:00:00Z');
const events = tellStory(story, { today: end + 9 * 3_600_000 });
const commits = new Map(
  events.filter(e => e.kind === 'commit').map(e => [e.sha, e]),
);
const deployments = events.filter(e => e.type === 'deployment');

async function deliveryCommon() {
  const require = createRequire(fromRoot('package.json'));
  require('@backstage/cli/config/nodeTransform.cjs');
  return require(fromRoot('plugins', 'delivery-common', 'src', 'index.ts'));
}

function catalogEntities() {
  const folder = fromRoot('examples', 'systems');
  return readdirSync(folder, { recursive: true })
    .filter(name => name.endsWith('components.yaml'))
    .flatMap(name =>
      parseAllDocuments(
        readFileSync(fromRoot('examples', 'systems', name), 'utf8'),
      ),
    )
    .map(document => document.toJS());
}

test('the same day tells the same story, byte for byte', () => {
  const evening = tellStory(readShapes(), { today: end + 23 * 3_600_000 });
  assert.equal(JSON.stringify(evening), JSON.stringify(events));
});

test('it has the size it was made for, and follows the scale', () => {
  assert.ok(events.length > 25_000 && events.length < 35_000, events.length);
  const half = tellStory(story, { today: end, scale: 0.5 });
  assert.ok(half.length > 0.4 * events.length);
  assert.ok(half.length < 0.75 * events.length);
});

test('every event is one the portal takes', async () => {
  const { parseDeliveryEvent } = await deliveryCommon();
  const faults = events
    .map(event => ({ event, parsed: parseDeliveryEvent(event, end) }))
    .filter(({ parsed }) => !parsed.ok)
    .map(({ event, parsed }) => ({ id: event.id, ...parsed.fault }));
  assert.deepEqual(faults.slice(0, 5), []);
  assert.ok(events.every(event => event.source === 'fawkes-story'));
});

test('ids are unique within their type, and nothing lies after the story', () => {
  const ids = events.map(event => `${event.type}/${event.id}`);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(events.every(event => Date.parse(event.occurredAt) < end));
  assert.deepEqual(
    events.map(e => e.occurredAt),
    events.map(e => e.occurredAt).sort(),
  );
});

test('commits form one history for each repository', () => {
  const roots = [];
  for (const commit of commits.values()) {
    if (commit.parents.length === 0) roots.push(commit.repository);
    for (const parent of commit.parents) {
      const known = commits.get(parent);
      assert.ok(known, `${commit.sha} has a parent nobody told about`);
      assert.equal(known.repository, commit.repository);
      assert.ok(known.committedAt <= commit.committedAt);
    }
    assert.ok(commit.authoredAt <= commit.committedAt);
  }
  assert.equal(new Set(roots).size, roots.length);
  assert.equal(roots.length, Object.keys(story.repositories).length);
});

test('deployments, pull requests and incidents refer to what is there', () => {
  const deployed = new Set(deployments.map(d => d.id));
  const incidents = events.filter(e => e.type === 'incident');
  const known = new Set(incidents.map(i => i.id));
  for (const deployment of deployments) {
    for (const part of deployment.parts ?? [deployment]) {
      const commit = commits.get(part.sha);
      assert.ok(commit, deployment.id);
      assert.equal(commit.repository, part.repository);
      assert.ok(commit.committedAt <= deployment.startedAt, deployment.id);
    }
    if (deployment.fixesIncident) {
      assert.ok(known.has(deployment.fixesIncident), deployment.id);
    }
  }
  for (const pull of events.filter(e => e.kind === 'pull_request')) {
    for (const sha of [...pull.commits, pull.headSha, pull.mergeSha ?? []]) {
      if (sha.length > 0) assert.ok(commits.has(sha), pull.id);
    }
    const order = ['readyAt', 'firstReviewAt', 'approvedAt', 'mergedAt'];
    const times = order.map(name => pull[name]).filter(Boolean);
    assert.deepEqual([...times].sort(), times, pull.id);
    assert.ok(times.every(at => at >= pull.openedAt));
  }
  for (const { causedBy, id } of incidents) {
    if (causedBy) assert.ok(deployed.has(causedBy), id);
  }
});

test('it tells about the services of the catalog, and of one repository nobody claims', () => {
  const entities = catalogEntities();
  const expected = entities
    .filter(({ spec, metadata }) => {
      return spec.type !== 'library' && metadata.name !== 'carrier-invoicing';
    })
    .map(({ metadata, spec }) => ({
      name: metadata.name,
      team: spec.owner,
      slug: metadata.annotations['github.com/project-slug'],
      paths: metadata.annotations['fawkes.dev/delivery-paths'],
      environments:
        metadata.annotations['fawkes.dev/delivery-environments'] ??
        'production',
    }));
  const told = deployedServices(story)
    .filter(service => !service.unclaimed)
    .map(({ name, team, repository, paths, environments }) => ({
      name,
      team,
      slug: `aurelia-goods/${repository}`,
      paths: paths?.map(path => `${path}/**`).join(', '),
      environments: [...environments].sort().join(', '),
    }));
  const byName = (a, b) => (a.name < b.name ? -1 : 1);
  assert.deepEqual(told.sort(byName), expected.sort(byName));

  const slugs = new Set(
    entities.map(e => e.metadata.annotations['github.com/project-slug']),
  );
  const unclaimed = Object.keys(story.repositories).filter(
    name => !slugs.has(`aurelia-goods/${name}`),
  );
  assert.deepEqual(unclaimed, ['price-watch']);
  const unmapped = deployments.filter(d =>
    d.repository?.endsWith('/price-watch'),
  );
  assert.ok(unmapped.length > 20 && unmapped.every(d => !d.service));
  assert.ok(!JSON.stringify(events).includes('carrier-invoicing'));
});

test('it has what real life has', () => {
  const count = wanted => events.filter(wanted).length;
  for (const status of ['success', 'failure', 'cancelled', 'rolled_back']) {
    assert.ok(count(e => e.status === status) > 20, status);
  }
  for (const kind of ['rollback', 'hotfix', 'config']) {
    assert.ok(count(e => e.kind === kind) > 20, kind);
  }
  assert.ok(count(e => e.kind === 'pull_request' && e.bot) > 400);
  assert.ok(count(e => e.labels?.includes('revert')) > 5);
  assert.ok(count(e => e.kind === 'pull_request' && !e.closedAt) > 10);
  assert.ok(count(e => e.type === 'incident' && !e.causedBy) > 40);

  const open = events.filter(e => e.type === 'incident' && !e.resolvedAt);
  const planned = open.find(e => e.service.endsWith('/shipment-tracker'));
  assert.equal(Date.parse(planned.openedAt), end - 95 * 60_000);
  assert.ok(open.length < 6);

  const whole = deployments.filter(d => d.id.startsWith('commerce-'));
  assert.ok(whole.length > 20 && whole.every(d => !d.service));
});

test('people work in working hours, machines at any', () => {
  const calendar = new WorkCalendar('Europe/Warsaw', {
    from: end - 400 * DAY,
    to: end + DAY,
    holidays: story.holidays,
  });
  const slack = 10 * 60_000;
  const logistics = Object.keys(story.repositories).filter(
    name => story.repositories[name].team === 'logistics',
  );
  const human = events.filter(
    e =>
      e.kind === 'pull_request' &&
      !e.bot &&
      !e.labels.includes('hotfix') &&
      !e.labels.includes('revert') &&
      logistics.includes(e.repository.split('/').at(-1)),
  );
  const late = human.filter(
    ({ firstReviewAt }) =>
      firstReviewAt &&
      !calendar.isOpen(Date.parse(firstReviewAt)) &&
      !calendar.isOpen(Date.parse(firstReviewAt) - slack),
  );
  assert.ok(human.length > 500);
  assert.ok(
    late.length < human.length * 0.02,
    `${late.length} reviews at night`,
  );
});

// The weekday the story begins with moves everything, so the shapes have to hold for any.
for (const day of ['2026-03-18', '2026-07-05', '2025-12-27', '2027-01-01']) {
  test(`the shapes are what examples/README.md promises on ${day}`, () => {
    const today = Date.parse(`${day}T12:00:00Z`);
    const till = Date.parse(`${day}T00:00:00Z`);
    const told = tellStory(story, { today });
    const rows = [
      ...shapesTable(story, told, { end: till, by: 'team' }),
      ...shapesTable(story, told, { end: till, by: 'service' }),
    ];
    const quarters = name =>
      rows.filter(row => row.team === name || row.service === name);
    const lead = name => quarters(name).map(q => q.leadHoursP50 / 24);
    const fails = name => quarters(name).map(q => q.failRate);
    const releases = name => quarters(name).map(q => q.deployments);
    const within = (value, low, high, what) =>
      assert.ok(value >= low && value <= high, `${what}: ${value}`);

    const payments = lead('payments-core');
    within(payments[0], 5, 8, 'lead time of payments-core at first, days');
    within(payments[3], 0.5, 1.4, 'lead time of payments-core at last, days');
    assert.ok(payments[0] > payments[1] && payments[1] > payments[2]);
    const [first, , , last] = releases('payments-core');
    assert.ok(last > 2.5 * first, 'payments-core releases more often');

    for (const [i, days] of lead('logistics').entries()) {
      within(days, 2.5, 8, `lead time of logistics in quarter ${i + 1}, days`);
    }
    const web = fails('storefront-web');
    within(web[1], 0.18, 0.36, 'fail rate of the migration');
    assert.ok(web[3] < web[0] && web[3] < 0.06, 'fewer failures than before');
    assert.ok(fails('storefront')[3] < fails('storefront')[0]);

    for (const count of releases('ranking-server')) {
      within(count, 2, 9, 'releases of ranking-server in a quarter');
    }
    const ranking = quarters('ranking-server');
    const size = q => q.changes / q.deployments;
    assert.ok(
      ranking.slice(1).every(q => size(q) > 15),
      'big releases',
    );

    for (const q of quarters('platform')) {
      within(q.leadHoursP50, 0, 1.5, 'lead time of platform, hours');
      within(q.failRate, 0.01, 0.07, 'fail rate of platform');
      within(q.recoveryHoursP50, 0, 1, 'recovery of platform, hours');
      within(q.deployments, 280, 520, 'releases of platform in a quarter');
    }
  });
}

function ancestorsOf(sha) {
  const found = new Set();
  const open = [...(commits.get(sha)?.parents ?? [])];
  for (let next = open.pop(); next; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(commits.get(next)?.parents ?? []));
  }
  return found;
}

test('the portal finds the same changes in the same deployments', async () => {
  const { containChain, serviceRules } = await deliveryCommon();
  const graph = {
    commit: (_, sha) =>
      commits.has(sha) && { paths: null, bot: false, ...commits.get(sha) },
    // Every commit of the story is told with its parents.
    pushed: () => undefined,
    isAncestor: (_, sha, of) => ancestorsOf(of).has(sha),
    pullRequestsOf: () => [],
    pullRequestByHeadSha: () => undefined,
    pullRequest: () => undefined,
    artifact: () => [],
  };
  const rows = measure(story, events);
  for (const name of ['payments-api', 'checkout', 'ranking-server']) {
    const service = deployedServices(story).find(s => s.name === name);
    const own = rows.filter(
      row => row.service === name && row.event.status === 'success',
    );
    const chain = own.map(({ event, at }) => ({
      ...event,
      key: event.id,
      finishedAt: at,
      parts: (event.parts ?? [event]).map(({ repository, sha }) => ({
        repository,
        sha,
        commits: null,
      })),
    }));
    const rules = serviceRules({
      globs: service.paths?.map(path => `${path}/**`) ?? [],
      countMerges: true,
      countBots: true,
    });
    const contained = containChain(chain, graph, rules).map(
      ({ commits: found }) =>
        found.filter(c => c.coverage === 'contained').length,
    );
    assert.deepEqual(
      contained,
      own.map(row => row.leadHours.length),
      name,
    );
    assert.ok(contained.some(count => count > 0));
  }
});
