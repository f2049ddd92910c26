// @ts-check

/**
 * The computer of the portal as a host: repositories, builds, running services.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('local_host', t => {
    t.comment('The one computer that keeps repositories and runs services');
    t.string('id', 16).primary();
    t.string('machine', 64).notNullable().comment('Names its folder');
    t.string('boot_id', 128).comment('Names the machine since it started');
    t.integer('git_port').comment('Asked for again at the next start');
  });

  await knex.schema.createTable('local_repositories', t => {
    t.comment('Repositories on disk; a folder is named by the id');
    t.string('id', 64).primary();
    t.string('request_id', 64)
      .unique()
      .comment('Null once a request has let it go');
    t.string('namespace', 63).notNullable();
    t.string('name', 63).notNullable();
    t.string('origin', 16).notNullable();
    t.double('made_at').comment('Null until its folder was made');
    t.string('told_main', 64).comment('Main as the core was told last');
    t.string('read_main', 64).comment('Main as its entities were read last');
    t.integer('written_revision').comment('The revision main was written from');
    t.string('written_commit', 64).comment('A commit of exactly its files');
    t.boolean('in_catalog').notNullable();
    t.unique(['namespace', 'name']);
  });

  await knex.schema.createTable('local_proposals', t => {
    t.comment('Updates that wait for a review, a branch each');
    t.string('request_id', 64).notNullable();
    t.integer('revision').notNullable();
    t.string('branch', 128).notNullable();
    t.string('base', 64).notNullable().comment('Main when it was compared');
    t.string('tip', 64).notNullable();
    t.string('rendered', 64).notNullable().comment('A commit of its files');
    t.text('conflicts').notNullable().comment('JSON');
    t.boolean('merged').notNullable();
    t.primary(['request_id', 'revision']);
  });

  await knex.schema.createTable('local_services', t => {
    t.comment('Services that run or ran here');
    t.string('request_id', 64).primary();
    t.string('state', 16).notNullable();
    t.string('reason', 32);
    t.string('release', 64);
    t.integer('port');
    t.double('since').notNullable();
  });

  await knex.schema.createTable('local_children', t => {
    t.comment('Processes that were started, and not said to have ended');
    t.integer('pid').notNullable();
    t.string('start_time', 64).notNullable();
    t.primary(['pid', 'start_time']);
  });

  await knex.schema.createTable('local_builds', t => {
    t.comment('What became of a commit that was built');
    t.string('request_id', 64).notNullable();
    t.string('commit_sha', 64).notNullable();
    t.boolean('green').notNullable();
    t.string('digest', 64).comment('Of the artifact; null for a red one');
    t.string('failed', 16).comment('The step that failed');
    t.string('why', 32);
    t.text('seconds').notNullable().comment('JSON, by step');
    t.double('built_at').notNullable();
    t.primary(['request_id', 'commit_sha']);
  });

  await knex.schema.createTable('local_releases', t => {
    t.comment('What was deployed here, each time');
    t.string('request_id', 64).notNullable();
    t.string('run_id', 64).notNullable();
    t.string('part', 8).notNullable().comment('deploy, or the way back of it');
    t.string('digest', 64).notNullable();
    t.string('commit_sha', 64).notNullable();
    t.string('kind', 16).notNullable();
    t.string('state', 16).notNullable();
    t.text('reason').comment('JSON, words');
    t.double('at').notNullable();
    t.string('by', 512).notNullable();
    t.primary(['request_id', 'run_id', 'part']);
    t.index(['request_id', 'at'], 'local_releases_at');
  });

  await knex.schema.createTable('local_git_tokens', t => {
    t.comment('Passwords for git, by their hash');
    t.string('hash', 64).primary();
    t.string('user_ref', 512).notNullable();
    t.string('request_id', 64).notNullable().index('local_git_tokens_request');
    t.double('expires_at').notNullable().index('local_git_tokens_expiry');
  });

  await knex.schema.createTable('local_entities', t => {
    t.comment('What the catalog is told of a repository');
    t.string('request_id', 64).notNullable();
    t.string('kind', 16).notNullable();
    t.string('commit_sha', 64).notNullable();
    t.text('entity').notNullable().comment('JSON');
    t.primary(['request_id', 'kind']);
  });

  await knex.schema.createTable('local_findings', t => {
    t.comment('What of a pushed file was not taken over, and why');
    t.string('request_id', 64).notNullable();
    t.integer('number').notNullable();
    t.text('words').notNullable().comment('JSON');
    t.primary(['request_id', 'number']);
  });

  await knex.schema.createTable('local_attic', t => {
    t.comment('Kept bundles of deleted repositories');
    t.string('request_id', 64).primary();
    t.string('file_name', 256).notNullable();
    t.double('size').notNullable();
    t.string('sha256', 64).notNullable();
    t.double('kept_until').notNullable().index('local_attic_until');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'local_attic',
    'local_findings',
    'local_entities',
    'local_git_tokens',
    'local_releases',
    'local_builds',
    'local_children',
    'local_services',
    'local_proposals',
    'local_repositories',
    'local_host',
  ]) {
    await knex.schema.dropTable(table);
  }
};
