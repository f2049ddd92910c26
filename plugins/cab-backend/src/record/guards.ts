import { isPostgres, rawRows, sha256 } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';

/** Hashes of what the guards do, as the migration made them. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  cab_log_kept:
    '851cf26c28cca3b27b44a881b03d29be2128d277b07b9a15f42e6bd70aa4930d',
  cab_log_next:
    '99745ac1bc163f07a293f77111d7a78185827bd14749f6bb4f7037c5a1fa3eda',
};
const TRIGGERS = ['cab_log_kept', 'cab_log_next', 'cab_log_whole'];
/** Hashes of what the constraints say, as PostgreSQL writes it. */
const CONSTRAINTS: Readonly<Record<string, string>> = {
  cab_log_chain:
    'cc9dbed6eb6a617c838aee23cbcb6ed7ac76951e016c8427481960410face0e5',
  cab_log_event:
    '662175eef6ce9198a68013dbdad3dbe097ce5853f3c3d63e9ab3dc7686e05e08',
  cab_log_from_zero:
    '499987d51ad60584b707d2d12019992a0adb4e71f9a1975e85467cab8e124d86',
  cab_log_leaf:
    'cb0008cc3d1fb7484201e61657d26abc716988804778b951273846aefa1cec9e',
  cab_log_linked:
    '8a1708ac6c91f5b154148e41e04ca02ffd2f00f98f41f0d0eb54aa4b85f53bea',
  cab_log_named:
    'b6551e142bd25f40e36796e27ff09406da5b42bc2dd856d90cd29b6983c89b18',
  cab_log_pkey:
    'f1b6b327b6e4c8c19a85c69b9a6cd4c01d44898842a5462f2b1741bd4af480ce',
};
const SQLITE: Readonly<Record<string, string>> = {
  cab_log: '91178fcc521bb17a4b84bb7ace2b8ed78a39cea64798cba78fd446258cc1dfd6',
  cab_log_kept:
    '69c51523fedbcf4705371d73e8babc861db0ba61f63b34edf5a0d4500458634b',
  cab_log_next:
    'ff988b7e97de6ffd2acfda81a74d279c49404bfe823b187260ef582d98749dd2',
  cab_log_whole:
    '739ecb265fc021ff88a0aff80248cb228c9c86ed9170f8f652e1fd1d3d486c23',
};

/**
 * Where the guards of the record are not as they were made. The application owns
 * its table, so an owner can take them away; nothing is signed then.
 *
 * @returns a line each; none when all stand
 */
export async function guardDifferences(db: Knex): Promise<string[]> {
  return isPostgres(db) ? ofPostgres(db) : ofSqlite(db);
}

async function ofPostgres(db: Knex): Promise<string[]> {
  const rows = <R>(sql: string) => rawRows<R>(db, sql, []);
  const triggers = await rows<{
    name: string;
    enabled: string;
    function: string;
  }>(`
    select tgname as name, tgenabled as enabled, proname as "function"
    from pg_trigger join pg_proc on pg_proc.oid = tgfoid
    where tgrelid = 'cab_log'::regclass and not tgisinternal`);
  const functions = await rows<{ name: string; source: string }>(`
    select proname as name, prosrc as source from pg_proc
    join pg_trigger on tgfoid = pg_proc.oid
    where tgrelid = 'cab_log'::regclass and not tgisinternal`);
  const constraints = await rows<{
    name: string;
    says: string;
    valid: boolean;
  }>(`
    select conname as name, pg_get_constraintdef(oid) as says, convalidated as valid
    from pg_constraint
    where conrelid = 'cab_log'::regclass and contype in ('c', 'u', 'p')`);
  const [table] = await rows<{
    kind: string;
    rules: number;
    children: number;
    security: boolean;
  }>(`
    select relkind as kind, relrowsecurity or relforcerowsecurity as security,
      (select count(*)::int from pg_rewrite where ev_class = pg_class.oid) as rules,
      (select count(*)::int from pg_inherits where inhparent = pg_class.oid or inhrelid = pg_class.oid) as children
    from pg_class where oid = 'cab_log'::regclass`);
  const named = new Map(triggers.map(each => [each.name, each]));
  const sources = new Map(
    functions.map(each => [each.name, sha256(each.source)]),
  );
  const valid = new Map(
    constraints
      .filter(each => each.valid)
      .map(each => [each.name, sha256(each.says)]),
  );
  return [
    ...TRIGGERS.filter(name => named.get(name)?.enabled !== 'A').map(
      name => `The trigger ${name} is gone or switched off`,
    ),
    ...[...named.keys()]
      .filter(name => !TRIGGERS.includes(name))
      .map(name => `There is a trigger ${name} that nobody of ours made`),
    ...Object.keys(FUNCTIONS)
      .filter(name => sources.get(name) !== FUNCTIONS[name])
      .map(name => `The function ${name} does something else`),
    ...Object.keys(CONSTRAINTS)
      .filter(name => valid.get(name) !== CONSTRAINTS[name])
      .map(name => `The constraint ${name} is gone or says something else`),
    ...(table.kind === 'r' ? [] : ['cab_log is no plain table']),
    ...(table.rules === 0 ? [] : ['cab_log has rules']),
    ...(table.children === 0 ? [] : ['cab_log has tables below or above it']),
    ...(table.security ? ['cab_log hides rows'] : []),
  ];
}

async function ofSqlite(db: Knex): Promise<string[]> {
  const rows = await rawRows<{ name: string; sql: string }>(
    db,
    `select name, sql from sqlite_master where tbl_name = 'cab_log' and sql is not null`,
    [],
  );
  const found = new Map(rows.map(({ name, sql }) => [name, sha256(sql)]));
  const [{ recursive_triggers: recursive }] = await rawRows<{
    recursive_triggers: number;
  }>(db, 'pragma recursive_triggers', []);
  const [{ ignore_check_constraints: ignored }] = await rawRows<{
    ignore_check_constraints: number;
  }>(db, 'pragma ignore_check_constraints', []);
  return [
    ...Object.keys(SQLITE)
      .filter(name => found.get(name) !== SQLITE[name])
      .map(name => `${name} is gone or does something else`),
    ...[...found.keys()]
      .filter(name => SQLITE[name] === undefined)
      .map(name => `${name} is nothing of ours`),
    ...(recursive
      ? []
      : ['recursive_triggers is off, so rows can be replaced']),
    ...(ignored ? ['ignore_check_constraints is on'] : []),
  ];
}
