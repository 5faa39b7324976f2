// Every organization gets a twin: another organization with the very same rows, their ids, addresses and secrets among
// them. Whatever a statement would find or change at home, it would find and change there too, if it only reached it.

import { CompiledQuery } from 'kysely'
import { type Tx, withPlatform } from '#platform/database'
import { isGlobal } from './mutants.ts'

export const twinOf = (organizationId: string): string => `twin_${organizationId}`
export const isTwin = (organizationId: string): boolean => organizationId.startsWith('twin_')

type Column = { table: string; name: string; inKey: boolean }

const columnsOfTables = `
  select c.relname as table, a.attname as name, a.attnum = any(i.indkey) as "inKey"
  from pg_class c
  join pg_index i on i.indrelid = c.oid and i.indisprimary
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
  order by c.relname, a.attnum`

/** What is done at home is done at the twin's, unless `twins.rest` says otherwise. */
const mirror = (table: string, columns: readonly Column[]): string => {
  const names = columns.map(({ name }) => name).filter((name) => name !== 'org_id')
  const key = columns.filter(({ inKey }) => inKey).map(({ name }) => name)
  const rest = names.filter((name) => !key.includes(name))
  const keyHere = key.filter((name) => name !== 'org_id').map((name) => ` and ${name} = old.${name}`)
  const kept = rest.length === 0 ? 'do nothing' : `do update set ${rest.map((name) => `${name} = excluded.${name}`)}`
  return `
    create function twins_of_${table}() returns trigger language plpgsql security definer as $$
    declare here text := current_setting('livery.organization', true);
    declare home text;
    begin
      if tg_op = 'DELETE' then home := old.org_id; else home := new.org_id; end if;
      if starts_with(home, 'twin_') or current_setting('twins.rest', true) = 'yes' then return null; end if;
      perform set_config('livery.organization', 'twin_' || home, true);
      if tg_op = 'DELETE' then
        -- What goes with its organization alone goes with the twin as well: it is being removed at this moment.
        insert into removals (organization_id, parent_id, requested_at) values ('twin_' || home, 'twin', now())
        on conflict do nothing;
        delete from ${table} where org_id = 'twin_' || home${keyHere.join('')};
        delete from removals where organization_id = 'twin_' || home;
      else
        insert into ${table} (org_id, ${names}) values ('twin_' || home, ${names.map((name) => `new.${name}`)})
        on conflict (${key}) ${kept};
      end if;
      perform set_config('livery.organization', here, true);
      return null;
    end $$;
    create trigger twins after insert or update or delete on ${table} for each row execute function twins_of_${table}();
    create function twins_empty_${table}() returns void language plpgsql security definer as $$
    begin
      -- What a table refuses to everybody is no matter here: all of it is undone.
      alter table ${table} disable trigger user;
      delete from ${table};
      alter table ${table} enable trigger user;
    end $$;
    -- A door beside the policy, which only this test can open: what would happen if the policy were not there.
    create policy twins_door on ${table} using (current_setting('twins.door', true) = 'open')
      with check (current_setting('twins.door', true) = 'open');`
}

const run = async <Row>(tx: Tx, statement: string): Promise<Row[]> =>
  (await tx.sql.executeQuery<Row>(CompiledQuery.raw(statement))).rows

/** Gives every organization its twin from now on; answers the tables of organizations. */
export const giveTwins = (): Promise<ReadonlySet<string>> =>
  withPlatform(async (tx) => {
    const columns = await run<Column>(tx, columnsOfTables)
    const tables = Map.groupBy(
      columns.filter(({ table }) => !isGlobal(table)),
      ({ table }) => table,
    )
    // The schema is its owner's to change.
    await run(tx, "select set_config('role', 'none', true)")
    for (const [table, own] of tables) {
      for (const statement of mirror(table, own).split(/;(?=\s*(?:create (?:function|trigger|policy)|--|$))/)) {
        if (statement.trim() !== '') await run(tx, statement)
      }
    }
    return new Set(tables.keys())
  })
