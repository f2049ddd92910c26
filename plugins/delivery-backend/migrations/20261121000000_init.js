// @ts-check

/**
 * Instants are milliseconds since the epoch in double precision: exact up to
 * 2^53, ordered, and a plain number in JavaScript on PostgreSQL and SQLite
 * alike. JSON is kept as text for the same reason.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('inbox', t => {
    t.comment(
      'Raw messages as they came; the only thing an answer 202 promises',
    );
    t.bigIncrements('id');
    t.string('channel', 64)
      .notNullable()
      .comment('Mapper: event, cdevents or a source id');
    t.string('source', 200).notNullable();
    t.string('delivery_id', 255).notNullable();
    t.text('payload').notNullable();
    t.text('headers');
    t.string('state', 16)
      .notNullable()
      .comment('received, processed or rejected');
    t.boolean('ignored').notNullable().defaultTo(false);
    t.string('path', 512);
    t.text('reason');
    t.double('received_at').notNullable();
    t.double('processed_at');
    t.string('correlation_id', 128);
    t.unique(['source', 'delivery_id'], { indexName: 'inbox_delivery' });
    t.index(['state', 'id'], 'inbox_state');
    t.index(['received_at'], 'inbox_received');
  });

  await knex.schema.createTable('deployment_facts', t => {
    t.comment(
      'Deployments as told, one row per (source, service, environment, id)',
    );
    t.string('fact_key', 64).primary();
    t.text('state').notNullable().comment('Joined claims');
    t.string('known', 16).notNullable().comment('known, deleted or incomplete');
    t.string('source', 200).notNullable();
    t.string('ext_id', 512).notNullable();
    t.string('service', 512)
      .notNullable()
      .comment('As sent; empty when left out');
    t.string('environment', 200).notNullable();
    t.string('status', 16);
    t.string('kind', 16);
    t.double('started_at');
    t.double('finished_at');
    t.double('occurred_at').notNullable();
    t.string('artifact', 1024);
    t.string('version', 512);
    t.string('url', 2048);
    t.boolean('unplanned');
    t.string('fixes_incident', 512);
    t.index(['service', 'known'], 'deployment_facts_service');
    t.index(['artifact'], 'deployment_facts_artifact');
    t.index(['source'], 'deployment_facts_source');
    t.index(['ext_id'], 'deployment_facts_ext');
  });
  await knex.raw(
    'create index deployment_facts_time on deployment_facts (service, (coalesce(finished_at, started_at, occurred_at)))',
  );

  await knex.schema.createTable('deployment_parts', t => {
    t.string('fact_key', 64).notNullable();
    t.integer('position').notNullable();
    t.string('repository', 600).notNullable();
    t.string('sha', 64);
    t.text('commits').comment('Explicit list as JSON; null when none was sent');
    t.primary(['fact_key', 'position']);
    t.index(['repository', 'sha'], 'deployment_parts_repository');
    t.index(['sha'], 'deployment_parts_sha');
  });

  await knex.schema.createTable('commits', t => {
    t.string('repository', 600).notNullable();
    t.string('sha', 64).notNullable();
    t.text('state').notNullable();
    t.string('known', 16).notNullable();
    t.string('source', 200).notNullable();
    t.text('parents').comment('JSON; null when unknown');
    t.double('authored_at');
    t.double('committed_at');
    t.double('pushed_at');
    t.text('paths').comment('JSON; null when unknown');
    t.string('title', 512);
    t.integer('squash_number');
    t.boolean('bot').notNullable().defaultTo(false);
    t.string('url', 2048);
    t.primary(['repository', 'sha']);
    t.index(['source'], 'commits_source');
  });
  await knex.raw(
    'create index commits_squash on commits (repository, squash_number) where squash_number is not null',
  );

  await knex.schema.createTable('pull_requests', t => {
    t.string('repository', 600).notNullable();
    t.integer('number').notNullable();
    t.text('state').notNullable();
    t.string('known', 16).notNullable();
    t.string('source', 200).notNullable();
    t.double('opened_at');
    t.double('ready_at');
    t.double('first_review_at');
    t.double('approved_at');
    t.double('merged_at');
    t.double('closed_at');
    t.string('head_sha', 64);
    t.string('merge_sha', 64);
    t.text('commits').notNullable();
    t.string('title', 512);
    t.string('url', 2048);
    t.boolean('bot').notNullable().defaultTo(false);
    t.primary(['repository', 'number']);
    t.index(['repository', 'merge_sha'], 'pull_requests_merge');
    t.index(['repository', 'head_sha'], 'pull_requests_head');
    t.index(['source'], 'pull_requests_source');
  });

  await knex.schema.createTable('pull_request_commits', t => {
    t.string('repository', 600).notNullable();
    t.string('sha', 64).notNullable();
    t.integer('number').notNullable();
    t.primary(['repository', 'sha', 'number']);
    t.index(['repository', 'number'], 'pull_request_commits_number');
  });

  await knex.schema.createTable('incidents', t => {
    t.string('fact_key', 64).primary();
    t.text('state').notNullable();
    t.string('known', 16).notNullable();
    t.string('source', 200).notNullable();
    t.string('ext_id', 512).notNullable();
    t.string('service', 512);
    t.double('opened_at');
    t.double('resolved_at');
    t.string('severity', 64);
    t.string('title', 512);
    t.string('caused_by', 1024);
    t.string('url', 2048);
    t.index(['service', 'opened_at'], 'incidents_service');
    t.index(['caused_by'], 'incidents_cause');
    t.index(['source'], 'incidents_source');
  });

  await knex.schema.createTable('other_facts', t => {
    t.comment(
      'Work items, transitions and feedback, kept for the value stream',
    );
    t.string('fact_key', 64).primary();
    t.string('type', 32).notNullable();
    t.text('state').notNullable();
    t.string('known', 16).notNullable();
    t.string('source', 200).notNullable();
    t.string('ext_id', 512).notNullable();
    t.double('occurred_at').notNullable();
    t.index(['type', 'occurred_at'], 'other_facts_type');
    t.index(['source'], 'other_facts_source');
  });

  await knex.schema.createTable('services', t => {
    t.comment('How the catalog maps facts to services; refreshed by a job');
    t.string('service_ref', 512).primary();
    t.string('title', 512).notNullable();
    t.text('mapping').notNullable();
    t.double('seen_at').notNullable();
  });
  await knex.schema.createTable('service_repositories', t => {
    t.string('service_ref', 512).notNullable();
    t.string('repository', 600).notNullable();
    t.primary(['service_ref', 'repository']);
    t.index(['repository'], 'service_repositories_repository');
  });

  await knex.schema.createTable('deployments', t => {
    t.comment('Derived: one row per deployment fact and service');
    t.string('key', 64).primary();
    t.string('service_ref', 512).notNullable();
    t.string('fact_key', 64).notNullable();
    t.string('environment', 200).notNullable();
    t.string('source', 200).notNullable();
    t.string('ext_id', 512).notNullable();
    t.boolean('production').notNullable();
    t.string('status', 16).notNullable();
    t.string('kind', 16).notNullable();
    t.string('version', 512);
    t.string('url', 2048);
    t.string('artifact', 1024);
    t.double('started_at');
    t.double('finished_at');
    t.double('occurred_at').notNullable();
    t.double('at')
      .notNullable()
      .comment('finished_at, else started_at, else occurred_at');
    t.boolean('unplanned');
    t.string('fixes_incident', 512);
    t.boolean('reached').notNullable();
    t.boolean('success').notNullable();
    t.boolean('seed').notNullable();
    t.string('method', 16).notNullable();
    t.string('confidence', 16).notNullable();
    t.integer('changes').notNullable();
    t.double('lead_p50').comment('Seconds');
    t.boolean('failed').notNullable();
    t.text('causes').notNullable();
    t.boolean('rework').notNullable();
    t.string('rework_reason', 16);
    t.double('detected_at');
    t.double('recovered_at');
    t.string('recovered_by', 32);
    t.string('recovered_key', 64);
    t.double('gap_seconds');
    t.boolean('shared')
      .notNullable()
      .comment('The fact counts for several services');
    t.boolean('sandbox').notNullable();
    t.index(['service_ref', 'at'], 'deployments_service');
    t.index(['fact_key'], 'deployments_fact');
    t.index(['ext_id'], 'deployments_ext');
    t.index(['artifact'], 'deployments_artifact');
    t.index(['at'], 'deployments_at');
  });
  await knex.raw(
    'create index deployments_shared on deployments (at) where shared',
  );

  await knex.schema.createTable('service_facts', t => {
    t.comment('Derived: which sources tell about a service, and since when');
    t.string('service_ref', 512).notNullable();
    t.string('source', 200).notNullable();
    t.double('first_at').notNullable();
    t.double('last_at').notNullable();
    t.integer('deployments').notNullable();
    t.primary(['service_ref', 'source']);
  });

  await knex.schema.createTable('links', t => {
    t.comment('Derived: which changes are deployed since which deployment');
    t.string('service_ref', 512).notNullable();
    t.string('environment', 200).notNullable();
    t.string('kind', 16).notNullable().comment('commit or pull_request');
    t.string('repository', 600).notNullable();
    t.string('change_id', 64).notNullable();
    t.string('deployment_key', 64).notNullable();
    t.double('finished_at').notNullable();
    t.string('coverage', 16)
      .notNullable()
      .comment('contained, covered or seed');
    t.boolean('counted')
      .notNullable()
      .comment('Contained, and in no earlier chain of the service');
    t.string('method', 16).notNullable();
    t.boolean('sandbox').notNullable();
    t.double('authored_at');
    t.double('committed_at');
    t.double('pushed_at');
    t.double('opened_at');
    t.double('ready_at');
    t.double('first_review_at');
    t.double('approved_at');
    t.double('merged_at');
    t.primary([
      'service_ref',
      'environment',
      'repository',
      'change_id',
      'kind',
      'deployment_key',
    ]);
    t.index(['change_id', 'repository'], 'links_change');
    t.index(['deployment_key'], 'links_deployment');
  });
  await knex.raw(
    'create index links_counted on links (service_ref, finished_at) where counted',
  );
  await knex.raw(
    'create index links_chain on links (service_ref, environment, finished_at)',
  );

  await knex.schema.createTable('frontier', t => {
    t.comment(
      'Derived: commits that deployments refer to and nobody has told yet',
    );
    t.string('service_ref', 512).notNullable();
    t.string('environment', 200).notNullable();
    t.string('repository', 600).notNullable();
    t.string('sha', 64).notNullable();
    t.string('deployment_key', 64).notNullable();
    t.double('finished_at').notNullable();
    t.primary([
      'service_ref',
      'environment',
      'repository',
      'sha',
      'deployment_key',
    ]);
    t.index(['repository', 'sha'], 'frontier_commit');
    t.index(['service_ref', 'environment', 'finished_at'], 'frontier_chain');
  });

  await knex.schema.createTable('incident_links', t => {
    t.string('incident_key', 64).notNullable();
    t.string('deployment_key', 64).notNullable();
    t.string('service_ref', 512).notNullable();
    t.string('rule', 16).notNullable().comment('caused-by or window');
    t.primary(['incident_key', 'deployment_key']);
    t.index(['deployment_key'], 'incident_links_deployment');
    t.index(['service_ref'], 'incident_links_service');
  });

  await knex.schema.createTable('marks', t => {
    t.comment('Verdicts given by hand; they beat every rule');
    t.string('deployment_key', 64).primary();
    t.string('verdict', 16).notNullable();
    t.text('reason').notNullable();
    t.string('marked_by', 512).notNullable();
    t.double('marked_at').notNullable();
  });

  await knex.schema.createTable('dirty_services', t => {
    t.comment('Services whose derived rows are stale, from which finish on');
    t.string('service_ref', 512).primary();
    t.double('from_at').notNullable();
    t.double('since').notNullable();
    t.index(['since'], 'dirty_services_since');
  });
  await knex.schema.createTable('dirty_days', t => {
    t.string('service_ref', 512).notNullable();
    t.string('day', 10).notNullable();
    t.double('since').notNullable();
    t.primary(['service_ref', 'day']);
    t.index(['since'], 'dirty_days_since');
  });
  await knex.schema.createTable('rollup_service_days', t => {
    t.string('service_ref', 512).notNullable();
    t.string('day', 10).notNullable();
    t.string('unit', 16).notNullable();
    t.text('tally').notNullable();
    t.primary(['service_ref', 'unit', 'day']);
  });
  await knex.schema.createTable('rollup_days', t => {
    t.string('day', 10).notNullable();
    t.string('unit', 16).notNullable();
    t.text('tally').notNullable();
    t.primary(['unit', 'day']);
  });

  await knex.schema.createTable('removed_sources', t => {
    t.comment('Sources whose facts were removed by hand');
    t.string('source', 200).primary();
    t.double('removed_at').notNullable();
  });

  await knex.schema.createTable('backfills', t => {
    t.string('source', 64).primary();
    t.string('state', 16).notNullable();
    t.text('cursor');
    t.integer('loaded').notNullable();
    t.text('message');
    t.double('updated_at');
  });

  await knex.schema.createTable('derived_settings', t => {
    t.comment(
      'What the derived rows were made with; other settings rebuild them',
    );
    t.string('name', 64).primary();
    t.text('value').notNullable();
  });

  await knex.schema.createTable('guards', t => {
    t.comment('Row locks that keep telling a repository and walking it apart');
    t.string('name', 600).primary();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'guards',
    'derived_settings',
    'backfills',
    'removed_sources',
    'rollup_days',
    'rollup_service_days',
    'dirty_days',
    'dirty_services',
    'marks',
    'incident_links',
    'frontier',
    'links',
    'service_facts',
    'deployments',
    'service_repositories',
    'services',
    'other_facts',
    'incidents',
    'pull_request_commits',
    'pull_requests',
    'commits',
    'deployment_parts',
    'deployment_facts',
    'inbox',
  ]) {
    await knex.schema.dropTable(table);
  }
};
