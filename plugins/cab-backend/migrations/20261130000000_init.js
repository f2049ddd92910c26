// @ts-check

/**
 * The record, and what is projected from it. The record's guards are part of the
 * table: what the database lets nobody do, no code has to be trusted with.
 */

/** @param {import('knex').Knex} knex */
const isPostgres = knex => String(knex.client.config.client).startsWith('pg');

// What these say is compared at start, see src/record/guards.ts: change both.
const POSTGRES_LOG = [
  `create table cab_log (
    seq bigint primary key,
    event_id text not null constraint cab_log_event unique,
    body text not null,
    leaf_hash text not null,
    prev_hash text not null,
    chain_hash text not null constraint cab_log_chain unique,
    constraint cab_log_from_zero check (seq >= 0),
    constraint cab_log_named check ((body::json ->> 'eventId') = event_id),
    constraint cab_log_leaf check (
      leaf_hash = encode(sha256('\\x00'::bytea || convert_to(body, 'UTF8')), 'hex')
    ),
    constraint cab_log_linked check (
      chain_hash = encode(sha256(decode(prev_hash, 'hex') || int8send(seq) || decode(leaf_hash, 'hex')), 'hex')
    )
  )`,
  `create function cab_log_next() returns trigger language plpgsql as $$
  declare last record;
  begin
    select seq, chain_hash into last from only cab_log order by seq desc limit 1;
    if new.seq <> coalesce(last.seq + 1, 0)
      or new.prev_hash <> coalesce(last.chain_hash, repeat('0', 64)) then
      raise exception 'cab_log: entry % does not follow the last one', new.seq;
    end if;
    return new;
  end $$`,
  `create function cab_log_kept() returns trigger language plpgsql as $$
  begin
    raise exception 'cab_log: entries are never changed or removed';
  end $$`,
  'create trigger cab_log_next before insert on cab_log for each row execute function cab_log_next()',
  'create trigger cab_log_kept before update or delete on cab_log for each row execute function cab_log_kept()',
  'create trigger cab_log_whole before truncate on cab_log for each statement execute function cab_log_kept()',
  // Otherwise `session_replication_role = replica` would skip them.
  'alter table cab_log enable always trigger cab_log_next',
  'alter table cab_log enable always trigger cab_log_kept',
  'alter table cab_log enable always trigger cab_log_whole',
];

const SQLITE_LOG = [
  `create table cab_log (
    seq integer primary key check (seq >= 0),
    event_id text not null unique,
    body text not null check (json_valid(body) and json_extract(body, '$.eventId') = event_id),
    leaf_hash text not null check (length(leaf_hash) = 64),
    prev_hash text not null check (length(prev_hash) = 64),
    chain_hash text not null unique check (length(chain_hash) = 64)
  ) strict`,
  `create trigger cab_log_next before insert on cab_log begin
    select raise(abort, 'cab_log: this entry does not follow the last one')
    where new.seq is null
      or new.seq <> coalesce((select max(seq) + 1 from cab_log), 0)
      or new.prev_hash <> coalesce(
        (select chain_hash from cab_log order by seq desc limit 1),
        '0000000000000000000000000000000000000000000000000000000000000000')
      or exists (select 1 from cab_log where event_id = new.event_id or chain_hash = new.chain_hash);
  end`,
  `create trigger cab_log_kept before update on cab_log begin
    select raise(abort, 'cab_log: entries are never changed or removed');
  end`,
  `create trigger cab_log_whole before delete on cab_log begin
    select raise(abort, 'cab_log: entries are never changed or removed');
  end`,
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  for (const sql of isPostgres(knex) ? POSTGRES_LOG : SQLITE_LOG) {
    await knex.raw(sql);
  }
  await knex.schema.createTable('cab_checkpoints', t => {
    t.comment('Signed notes of how long the record is, and its root');
    t.bigInteger('size').primary();
    t.text('root').notNullable();
    t.text('note').notNullable();
    t.text('parts').notNullable();
    t.double('at').notNullable();
  });
  await knex.schema.createTable('cab_events', t => {
    t.comment('What the record says of change requests, to be looked up');
    t.bigInteger('seq').primary();
    t.text('event_id').notNullable();
    t.text('change_id').notNullable();
    t.integer('change_seq').notNullable();
    t.text('type').notNullable();
    t.text('actor').notNullable();
    t.text('state').notNullable();
    t.double('at').notNullable();
    t.unique(['change_id', 'change_seq'], { indexName: 'cab_events_change' });
  });
  await knex.schema.createTable('cab_texts', t => {
    t.comment(
      'What people wrote; the record knows its hash only, so it can be erased',
    );
    t.text('event_id').primary();
    t.text('salt').notNullable();
    t.text('text').notNullable();
  });
  await knex.schema.createTable('cab_changes', t => {
    t.text('id').primary();
    t.text('type').notNullable();
    t.text('state').notNullable();
    t.text('entity_ref').notNullable();
    t.text('entity_title').notNullable();
    t.text('owner_ref');
    t.text('environment').notNullable();
    t.text('environment_class');
    t.text('head_sha').notNullable();
    t.text('artifact_digest');
    t.text('title').notNullable();
    t.text('submitter').notNullable();
    t.integer('revision').notNullable();
    t.integer('round').notNullable();
    t.text('pack_digest').notNullable();
    t.text('risk_result_hash');
    t.integer('score');
    t.text('route');
    t.text('requirement');
    t.double('window_from');
    t.double('window_to');
    t.double('created_at').notNullable();
    t.double('updated_at').notNullable();
    t.double('expires_at');
    t.text('twin_key').unique({ indexName: 'cab_changes_twin' });
    t.integer('event_count').notNullable();
    t.text('event_leaf').notNullable();
    t.index(
      ['entity_ref', 'environment', 'head_sha', 'created_at'],
      'cab_changes_triple',
    );
    t.index(['created_at', 'id'], 'cab_changes_newest');
    t.index(['state', 'expires_at'], 'cab_changes_state');
  });
  await knex.schema.createTable('cab_revisions', t => {
    t.comment(
      'What was asked for, and the risk it had; never changed but by scoring',
    );
    t.text('change_id').notNullable();
    t.integer('revision').notNullable();
    t.text('title').notNullable();
    t.text('description').notNullable();
    t.double('window_from');
    t.double('window_to');
    t.text('author').notNullable();
    t.double('at').notNullable();
    t.text('pack_digest').notNullable();
    t.text('scored');
    t.primary(['change_id', 'revision']);
  });
  await knex.schema.createTable('cab_votes', t => {
    t.text('id').primary();
    t.text('change_id').notNullable();
    t.text('user_ref').notNullable();
    t.integer('round').notNullable();
    t.text('decision').notNullable();
    t.integer('revision').notNullable();
    t.text('pack_digest').notNullable();
    t.text('risk_result_hash').notNullable();
    t.text('state').notNullable();
    t.text('why');
    t.text('event_id').notNullable();
    t.double('at').notNullable();
    t.text('live_key').unique({ indexName: 'cab_votes_live' });
    t.index(['change_id', 'at'], 'cab_votes_change');
  });
  await knex.schema.createTable('cab_recusals', t => {
    t.text('change_id').notNullable();
    t.text('user_ref').notNullable();
    t.double('at').notNullable();
    t.primary(['change_id', 'user_ref']);
  });
  await knex.schema.createTable('cab_people', t => {
    t.comment(
      'Who voters are, as the catalog said it a few minutes ago at most',
    );
    t.text('user_ref').primary();
    t.text('person').notNullable();
    t.double('read_at').notNullable();
  });
  await knex.schema.createTable('cab_facts', t => {
    t.comment('The facts of approved change requests, read again since');
    t.text('change_id').primary();
    t.text('inputs').notNullable();
    t.double('read_at').notNullable();
  });
  await knex.schema.createTable('cab_allows', t => {
    t.text('id').primary();
    t.text('change_id').notNullable();
    t.text('run_url').notNullable();
    t.text('stage').notNullable();
    t.text('caller').notNullable();
    t.double('at').notNullable();
    t.double('expires_at').notNullable();
    t.double('cancelled_at');
    t.index(['change_id', 'at'], 'cab_allows_change');
  });
  await knex.schema.createTable('cab_answers', t => {
    t.comment(
      'Answers that are not in the record, counted, so that nobody floods it',
    );
    t.text('entity_ref').notNullable();
    t.text('environment').notNullable();
    t.text('code').notNullable();
    t.double('day').notNullable();
    t.integer('count').notNullable();
    t.double('last_at').notNullable();
    t.primary(['entity_ref', 'environment', 'code', 'day']);
  });
};

/**
 * The record is there for years. Going down takes it away only while there is
 * nothing in it.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  const [entry] = await knex('cab_log').select('seq').limit(1);
  if (entry) {
    throw new Error(
      'The record of change approvals holds entries, so its table is not dropped. Keep the database, or begin with another one',
    );
  }
  for (const table of [
    'cab_answers',
    'cab_allows',
    'cab_facts',
    'cab_people',
    'cab_recusals',
    'cab_votes',
    'cab_revisions',
    'cab_changes',
    'cab_texts',
    'cab_events',
    'cab_checkpoints',
    'cab_log',
  ]) {
    await knex.schema.dropTable(table);
  }
  if (isPostgres(knex)) {
    await knex.raw('drop function cab_log_next()');
    await knex.raw('drop function cab_log_kept()');
  }
};
