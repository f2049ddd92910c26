// @ts-check
const { createLocks, dropLocks } = require('@fawkes/kit-backend/sql');

/**
 * Instants are milliseconds since the epoch in double precision: exact up to
 * 2^53, ordered, and a plain number in JavaScript on PostgreSQL and SQLite
 * alike. JSON is kept as text for the same reason.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await createLocks(knex);

  await knex.schema.createTable('requests', t => {
    t.comment('What was asked for, one row each, also when it is gone');
    t.string('id', 36).primary();
    t.string('kind', 16).notNullable();
    t.string('namespace', 63).notNullable();
    t.string('name', 63).notNullable();
    t.string('name_key', 160).comment('Null once the name is free again');
    t.string('owner', 191).notNullable();
    t.string('requester', 255).notNullable();
    t.string('state', 32).notNullable();
    t.text('reason').comment('Words, as JSON');
    t.string('service_state', 16)
      .notNullable()
      .comment('As the local host last said it; quotas count it');
    t.boolean('practice').notNullable();
    t.string('on_failure', 16).notNullable();
    t.integer('revision').notNullable().comment('The one that is in force');
    t.string('run_id', 36)
      .notNullable()
      .comment('The run that goes on, or the last');
    t.string('template', 63).notNullable();
    t.string('template_version', 64).notNullable();
    t.string('type', 16).notNullable();
    t.string('host', 16).notNullable();
    t.string('title', 255);
    t.string('pending_owner', 191);
    t.double('ends_at').comment('When practice ends');
    t.boolean('end_told').notNullable().comment('That it is about to end');
    t.integer('failed_destroys').notNullable();
    t.text('forgotten').comment('Why somebody gave up on the rest');
    t.boolean('blanked').notNullable().comment('Spec and people are gone');
    t.double('created_at').notNullable();
    t.double('updated_at').notNullable();
    t.unique(['name_key'], { indexName: 'requests_name_key' });
    t.index(['owner', 'state'], 'requests_owner');
    t.index(['state'], 'requests_state');
    t.index(['created_at'], 'requests_created');
    t.index(['requester'], 'requests_requester');
  });

  await knex.schema.createTable('bundles', t => {
    t.comment('Kept renders by their digest; several revisions may share one');
    t.string('digest', 64).primary();
    t.text('files').notNullable().comment('JSON, bytes in Base64');
    t.integer('size').notNullable();
    t.double('kept_at').notNullable();
  });

  await knex.schema.createTable('revisions', t => {
    t.comment('Every accepted spec');
    t.string('request_id', 36).notNullable();
    t.integer('revision').notNullable();
    t.text('spec').notNullable().comment('As it was sent');
    t.text('normal').notNullable().comment('Its normal form of that day');
    t.string('spec_digest', 64).notNullable();
    t.string('plan_digest', 64).notNullable();
    t.string('bundle_digest', 64).notNullable();
    t.text('facts').notNullable().comment('What was observed');
    t.text('changes').notNullable().comment('Words, as JSON');
    t.double('accepted_at').notNullable();
    t.string('accepted_by', 255).notNullable();
    t.primary(['request_id', 'revision']);
    t.index(['bundle_digest'], 'revisions_bundle');
  });

  await knex.schema.createTable('runs', t => {
    t.comment('Walks through effects; one a request goes on at a time');
    t.string('id', 36).primary();
    t.string('request_id', 36).notNullable();
    t.string('root_id', 36)
      .notNullable()
      .comment('The first run to the same end; retries share its plan');
    t.integer('number').notNullable().comment('Within its request');
    t.string('kind', 16).notNullable();
    t.string('direction', 16).notNullable().comment('forward or back');
    t.string('state', 16).notNullable();
    t.text('reason');
    t.string('initiator', 255).notNullable();
    t.string('rights', 16).notNullable().comment('As what the initiator may');
    t.integer('revision').notNullable();
    t.string('asked', 16).comment('cancelled or superseded');
    t.double('asked_at');
    t.string('wanted_commit', 64);
    t.string('wanted_digest', 64);
    t.boolean('purge').notNullable();
    t.double('started_at').notNullable();
    t.double('finished_at');
    t.double('moved_at').notNullable().comment('When the ledger last moved');
    t.unique(['request_id', 'number'], { indexName: 'runs_number' });
    t.index(['state', 'started_at'], 'runs_state');
  });

  await knex.schema.createTable('effects', t => {
    t.comment('The ledger: what runs do outside, written before it is done');
    t.string('run_id', 36).notNullable();
    t.string('id', 100).notNullable();
    t.string('request_id', 36).notNullable();
    t.integer('position').notNullable();
    t.string('type', 64).notNullable();
    t.text('title').notNullable();
    t.string('undo_class', 16).notNullable();
    t.text('undo').notNullable();
    t.text('depends_on').notNullable();
    t.text('undoes').notNullable();
    t.string('origin', 16);
    t.string('state', 16).notNullable();
    t.text('reason');
    t.boolean('unreadable').notNullable();
    t.boolean('permanent').notNullable();
    t.boolean('needs_person').notNullable();
    t.integer('attempts').notNullable();
    t.text('links').notNullable();
    t.text('output').notNullable();
    t.double('started_at');
    t.double('finished_at');
    t.integer('log_bytes').notNullable();
    t.integer('log_next').notNullable().comment('Number of the next line');
    t.boolean('log_cut').notNullable();
    t.primary(['run_id', 'id']);
    t.index(['request_id'], 'effects_request');
  });

  await knex.schema.createTable('effect_logs', t => {
    t.comment('Lines of effects, at most 1 MiB for each');
    t.string('run_id', 36).notNullable();
    t.string('effect_id', 100).notNullable();
    t.integer('number').notNullable();
    t.double('at').notNullable();
    t.string('stream', 8).notNullable();
    t.text('text').notNullable();
    t.integer('bytes').notNullable();
    t.primary(['run_id', 'effect_id', 'number']);
  });

  await knex.schema.createTable('leases', t => {
    t.comment('Who does what nobody else may do meanwhile');
    t.string('name', 100).primary();
    t.string('holder', 100).notNullable();
    t.integer('token').notNullable().comment('Grows with every new holder');
    t.double('until').notNullable().comment("By the database's clock");
  });

  await knex.schema.createTable('flags', t => {
    t.comment('Switches of operators: whether anything new is taken on');
    t.string('name', 32).primary();
    t.text('reason').notNullable();
    t.string('set_by', 255).notNullable();
    t.double('set_at').notNullable();
  });

  await knex.schema.createTable('waiting_pushes', t => {
    t.comment('The newest push to main that no run has deployed yet');
    t.string('request_id', 36).primary();
    t.string('sha', 64).notNullable();
    t.string('pushed_by', 255);
    t.double('at').notNullable();
  });

  await knex.schema.createTable('told_pushes', t => {
    t.comment(
      'Pushes to main that were told; told again, they are nothing new',
    );
    t.string('request_id', 36).notNullable();
    t.string('sha', 64).notNullable();
    t.double('at').notNullable();
    t.primary(['request_id', 'sha']);
  });

  await knex.schema.createTable('transfers', t => {
    t.comment('Offers to take a request over, and their answers');
    t.string('id', 36).primary();
    t.string('request_id', 36).notNullable();
    t.string('from_owner', 191).notNullable();
    t.string('to_owner', 191).notNullable();
    t.string('offered_by', 255).notNullable();
    t.double('offered_at').notNullable();
    t.string('answered_by', 255);
    t.double('answered_at');
    t.string('answer', 16).comment('accepted, refused or withdrawn');
    t.index(['request_id'], 'transfers_request');
  });

  await knex.schema.createTable('outbox', t => {
    t.comment('What others are to be told, in order by lane');
    t.bigIncrements('number');
    t.string('id', 255).notNullable().unique();
    t.string('lane', 128).notNullable();
    t.string('kind', 64).notNullable();
    t.text('payload').notNullable().comment('JSON');
    t.double('put_at').notNullable();
    t.integer('attempts').notNullable();
    t.double('next_at')
      .notNullable()
      .comment('Nobody tells it before; whoever takes it moves it on');
    t.string('state', 16)
      .notNullable()
      .comment('waiting, told, refused or kept');
    t.text('said').comment('Why it was refused, or is not told yet');
    t.double('ended_at');
    t.index(['state', 'lane', 'number'], 'outbox_waiting');
    t.index(['ended_at'], 'outbox_ended');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'outbox',
    'transfers',
    'told_pushes',
    'waiting_pushes',
    'flags',
    'leases',
    'effect_logs',
    'effects',
    'runs',
    'revisions',
    'bundles',
    'requests',
  ]) {
    await knex.schema.dropTable(table);
  }
  await dropLocks(knex);
};
