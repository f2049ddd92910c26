// @ts-check

/**
 * What messy input asks for: environments by one name however they are spelled,
 * pushes, jobs of one run, where incidents happened and what their causes mean,
 * who told a fact where several did.
 *
 * Derived rows are made anew (`RULES_VERSION`); what only the raw messages know
 * is mapped again by a job, as far as the inbox still has them.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('deployment_facts', t => {
    t.string('chain', 200)
      .notNullable()
      .defaultTo('')
      .comment('The environment, folded');
    t.string('run', 200).comment('The run of a pipeline it is a job of');
    t.boolean('failed_later').notNullable().defaultTo(false);
    t.index(['run'], 'deployment_facts_run');
  });
  await fold(knex, 'deployment_facts');
  // Where its sender said nothing, what was deployed may say what it was for.
  await knex('deployment_facts')
    .where('kind', 'deploy')
    .whereNot('state', 'like', '%"kind":"deploy"%')
    .update({ kind: null });

  await knex.schema.createTable('deployment_graves', t => {
    t.comment('Tombstones of deployments, for whatever is told later too');
    t.string('grave_key', 64).primary();
    t.string('source', 200).notNullable();
    t.string('ext_id', 512).notNullable();
    t.string('service', 512).notNullable().comment('Empty: any');
    t.string('chain', 200).notNullable().comment('Folded; empty: any');
    t.text('carrier')
      .notNullable()
      .comment('Identity of the fact whose event says so; empty: none');
    t.double('at').notNullable();
    t.index(['ext_id'], 'deployment_graves_ext');
  });

  await knex.schema.alterTable('deployments', t => {
    t.string('chain', 200)
      .notNullable()
      .defaultTo('')
      .comment('The environment, folded');
    t.text('seed_repositories').notNullable().defaultTo('[]');
  });
  await fold(knex, 'deployments');
  // Found by the name of their chain when that is made anew.
  await fold(knex, 'links', 'environment');
  await fold(knex, 'frontier', 'environment');
  await knex.schema.createTable('deployment_members', t => {
    t.comment('Derived: facts that are part of a deployment that counts once');
    t.string('key', 64).primary();
    t.string('counted_key', 64).notNullable();
    t.string('service_ref', 512).notNullable();
    t.string('fact_key', 64).notNullable();
    t.string('ext_id', 512).notNullable();
    t.double('at').notNullable();
    t.index(['counted_key'], 'deployment_members_counted');
    t.index(['fact_key'], 'deployment_members_fact');
    t.index(['ext_id'], 'deployment_members_ext');
  });
  await knex.schema.createTable('named_repositories', t => {
    t.comment('Derived: since when a chain names a repository');
    t.string('service_ref', 512).notNullable();
    t.string('environment', 200).notNullable();
    t.string('repository', 600).notNullable();
    t.double('finished_at').notNullable();
    t.primary(['service_ref', 'environment', 'repository']);
  });
  await knex.raw(
    `create index links_waiting on links (service_ref, environment)
      where kind = 'pull_request' and coverage = 'covered'`,
  );

  await knex.schema.createTable('pushes', t => {
    t.comment('Pushes as told: what a branch was, and what it became');
    t.string('fact_key', 64).primary();
    t.text('state').notNullable();
    t.string('known', 16).notNullable();
    t.string('source', 200).notNullable();
    t.text('sources');
    t.string('repository', 600).notNullable();
    t.string('ref', 300).notNullable();
    t.string('before_sha', 64);
    t.string('after_sha', 64).notNullable();
    t.boolean('forced').notNullable();
    t.boolean('created').notNullable();
    t.boolean('complete').notNullable();
    t.text('commits').notNullable().comment('JSON');
    t.double('occurred_at').notNullable();
    t.index(['repository', 'after_sha'], 'pushes_after');
    t.index(['repository', 'ref'], 'pushes_ref');
    t.index(['source'], 'pushes_source');
  });
  await knex.schema.createTable('push_commits', t => {
    t.comment('Which pushes list a commit');
    t.string('repository', 600).notNullable();
    t.string('sha', 64).notNullable();
    t.string('fact_key', 64).notNullable();
    t.primary(['repository', 'sha', 'fact_key']);
    t.index(['fact_key'], 'push_commits_push');
  });
  await knex.schema.createTable('push_edges', t => {
    t.comment('What complete pushes say that a commit reaches');
    t.string('repository', 600).notNullable();
    t.string('sha', 64).notNullable();
    t.text('reached').notNullable().comment('JSON');
    t.primary(['repository', 'sha']);
  });

  for (const table of ['commits', 'pull_requests']) {
    await knex.schema.alterTable(table, t => {
      t.text('sources').comment('JSON; null when one source told it');
    });
    await knex.raw(
      `create index ${table}_sources on ${table} (repository) where sources is not null`,
    );
  }
  await knex.schema.alterTable('commits', t => {
    t.boolean('differing')
      .notNullable()
      .defaultTo(false)
      .comment('Sources tell it differently');
    t.string('reverts', 64).comment('The commit it takes back');
  });
  await knex.raw(
    `create index commits_parentless on commits (repository)
      where parents is null and known = 'known'`,
  );
  await knex.raw(
    'create index commits_differing on commits (repository) where differing',
  );
  await knex.schema.alterTable('pull_requests', t => {
    t.string('base_branch', 300);
    t.string('head_branch', 300);
    t.integer('reverts').comment('The pull request it takes back');
    t.text('labels').notNullable().defaultTo('[]');
    t.text('found').comment('Its commits as pushes say, JSON');
    t.string('found_by', 16).comment('told, pushes, fork or gap');
    t.index(['repository', 'head_branch'], 'pull_requests_branch');
  });
  await knex.raw(
    `create index pull_requests_gaps on pull_requests (repository)
      where found_by in ('fork', 'gap') and merged_at is not null`,
  );
  await knex('pull_requests')
    .whereNot('commits', '[]')
    .update({ found_by: 'told' });
  await readBranches(knex);

  await knex.schema.alterTable('incidents', t => {
    t.string('environment', 200).comment('Folded; null when nobody said');
    t.boolean('counted')
      .notNullable()
      .defaultTo(true)
      .comment('Its environment is production, or unknown');
    t.string('cause_prefix', 7).comment(
      'Of a cause that is the start of a sha',
    );
    t.string('cause', 16).comment('linked, unknown, ambiguous or elsewhere');
  });
  await knex.raw(
    'create index incidents_prefix on incidents (cause_prefix) where cause_prefix is not null',
  );
  await knex('incidents')
    .whereNotNull('caused_by')
    .update({ cause: 'unknown' });
  // See jobs/upgrade: an inbox without messages has nothing to be mapped again.
  if (await knex('inbox').first('id')) {
    await knex('derived_settings').insert({ name: 'upgrade', value: '0' });
    // Of the same instant, what is read out of a message now takes their place.
    for (const table of ['deployment_facts', 'incidents']) {
      await knex(table)
        .where('state', 'like', '{"w":%')
        .update({ state: knex.raw(`'{"o":"w",' || substr(state, 2)`) });
    }
  }
  await knex.raw(
    `insert into dirty_incidents (incident_key, since)
      select fact_key, 0 from incidents where caused_by is not null
      on conflict (incident_key) do nothing`,
  );
};

/**
 * Writes into columns what states of pull requests have said all along.
 *
 * @param {import('knex').Knex} knex
 */
async function readBranches(knex) {
  let last = { repository: '', number: 0 };
  for (;;) {
    const { repository: from, number: after } = last;
    const rows = await knex('pull_requests')
      .where('repository', '>', from)
      .orWhere(same =>
        same.where('repository', from).where('number', '>', after),
      )
      .orderBy(['repository', 'number'])
      .limit(1_000)
      .select('repository', 'number', 'state');
    for (const { repository, number, state } of rows) {
      const { w = {}, f = {} } = JSON.parse(state);
      /** @param {string} name */
      const told = name =>
        f[name] && !(f[name][0] <= w.occurredAt) ? f[name][1] : w[name];
      await knex('pull_requests')
        .where({ repository, number })
        .update({
          base_branch: told('baseBranch') ?? null,
          head_branch: told('headBranch') ?? null,
          reverts: told('reverts') ?? null,
          labels: JSON.stringify(told('labels') ?? []),
        });
    }
    if (rows.length === 0) return;
    last = rows[rows.length - 1];
  }
}

/**
 * Says of which chain rows are.
 *
 * @param {import('knex').Knex} knex
 * @param {string} table
 * @param {'chain' | 'environment'} column - where chains are named
 */
async function fold(knex, table, column = 'chain') {
  const rows = await knex(table).distinct('environment');
  for (const { environment } of rows) {
    const chain = environment.normalize('NFC').toLowerCase().normalize('NFC');
    if (column === 'environment' && chain === environment) continue;
    await knex(table)
      .where({ environment })
      .update({ [column]: chain });
  }
}

/**
 * Derived rows are of other rules than whoever reads them next has.
 *
 * @param {import('knex').Knex} knex
 */
async function makeAnew(knex) {
  const [stored] = await knex('derived_settings')
    .where('name', 'settings')
    .select('value');
  if (!stored) return;
  const value = JSON.stringify({ ...JSON.parse(stored.value), rules: 0 });
  await knex('derived_settings').where('name', 'settings').update({ value });
}

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await makeAnew(knex);
  for (const table of ['links', 'frontier']) {
    await knex.raw(
      `update ${table} set environment = (
          select environment from deployments where key = ${table}.deployment_key)
        where exists (select 1 from deployments
          where key = ${table}.deployment_key
            and environment <> ${table}.environment)`,
    );
  }
  // A tombstone was the record that won.
  for (const table of [
    'deployment_facts',
    'commits',
    'pull_requests',
    'incidents',
    'other_facts',
  ]) {
    await knex(table)
      .where('state', 'like', '{"g":%')
      .update({ state: knex.raw(`'{"w":' || substr(state, 6)`) });
  }
  await knex('derived_settings')
    .whereIn('name', ['upgrade', 'rebuild', 'rebuild_until'])
    .delete();
  await knex.raw('drop index incidents_prefix');
  await knex.schema.alterTable('incidents', t => {
    t.dropColumns('environment', 'counted', 'cause_prefix', 'cause');
  });
  await knex.schema.alterTable('pull_requests', t => {
    t.dropIndex(['repository', 'head_branch'], 'pull_requests_branch');
  });
  for (const index of [
    'commits_parentless',
    'commits_differing',
    'pull_requests_gaps',
    'commits_sources',
    'pull_requests_sources',
  ]) {
    await knex.raw(`drop index ${index}`);
  }
  // Before, a state was of one source: what several told is not told apart.
  for (const table of ['commits', 'pull_requests']) {
    await knex(table).whereNotNull('sources').delete();
  }
  await knex.schema.alterTable('pull_requests', t => {
    t.dropColumns(
      'base_branch',
      'head_branch',
      'reverts',
      'labels',
      'found',
      'found_by',
      'sources',
    );
  });
  await knex.schema.alterTable('commits', t => {
    t.dropColumns('differing', 'reverts', 'sources');
  });
  for (const table of ['push_edges', 'push_commits', 'pushes']) {
    await knex.schema.dropTable(table);
  }
  await knex.raw('drop index links_waiting');
  await knex.schema.dropTable('named_repositories');
  await knex.schema.dropTable('deployment_members');
  await knex.schema.dropTable('deployment_graves');
  await knex.schema.alterTable('deployments', t => {
    t.dropColumns('chain', 'seed_repositories');
  });
  await knex('deployment_facts').whereNull('kind').update({ kind: 'deploy' });
  await knex.schema.alterTable('deployment_facts', t => {
    t.dropIndex(['run'], 'deployment_facts_run');
    t.dropColumns('chain', 'run', 'failed_later');
  });
};
