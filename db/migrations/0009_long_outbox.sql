-- What is asked of the outbox while very much waits there, or has just been carried: read from the index of what waits,
-- whatever the planner knows of the table. The primary key would lead it through everything that is done, a scan
-- through everything there is; so ranges stand where a workspace is meant, and its order comes with the row's.
grant create on schema public to tidings_system;--> statement-breakpoint

create or replace function open_changes(p_max integer)
  returns table (workspace_id uuid, waiting integer, under_way integer) language sql stable security definer set search_path = pg_catalog, public, pg_temp
  set enable_sort = off set enable_seqscan = off set enable_bitmapscan = off as $$
    with recursive w(id) as (
      (select o.workspace_id from outbox o
       where topic = 'order.status_changed' and batch_id is null order by o.workspace_id limit 1)
      union all
      select n.workspace_id from w cross join lateral (
        select o.workspace_id from outbox o
        where topic = 'order.status_changed' and batch_id is null and o.workspace_id > w.id
        order by o.workspace_id limit 1) n)
    select w.id,
      (select count(*)::int from (
        select from outbox o
        where topic = 'order.status_changed' and batch_id is null and o.workspace_id >= w.id and o.workspace_id <= w.id
        order by o.workspace_id, o.id limit p_max) x),
      (select count(*)::int from batches b
       where b.workspace_id = w.id and consequences_at is null and failed_at is null)
      + (select count(*)::int from cohorts c where c.workspace_id = w.id and c.state = 'walking')
    from w $$;--> statement-breakpoint

-- Puts the oldest p_max changes of a workspace into a batch with this id; answers how many.
create function take_batch(p_workspace uuid, p_id uuid, p_max integer, p_now timestamptz)
  returns integer language sql security definer set search_path = pg_catalog, public, pg_temp
  set enable_sort = off set enable_seqscan = off set enable_bitmapscan = off as $$
    with picked as materialized (
      select id from outbox
      where topic = 'order.status_changed' and batch_id is null and workspace_id >= p_workspace and workspace_id <= p_workspace
      order by workspace_id, id limit p_max for update),
    made as (
      insert into batches (id, workspace_id, size, created_at)
      select p_id, p_workspace, count(*), p_now from picked having count(*) > 0 returning id),
    taken as (
      update outbox o set batch_id = made.id from picked, made where o.id = picked.id returning o.id)
    select count(*)::int from taken $$;--> statement-breakpoint

create or replace function figures(p_now timestamptz)
  returns table (name text, label text, value float8) language sql stable security definer set search_path = pg_catalog, public, pg_temp
  set enable_sort = off set enable_seqscan = off set enable_bitmapscan = off as $$
    with recursive oldest(workspace_id, at) as (
      (select o.workspace_id, o.created_at from outbox o
       where topic = 'order.status_changed' and batch_id is null order by o.workspace_id, o.id limit 1)
      union all
      select n.workspace_id, n.created_at from oldest w cross join lateral (
        select o.workspace_id, o.created_at from outbox o
        where topic = 'order.status_changed' and batch_id is null and o.workspace_id > w.workspace_id
        order by o.workspace_id, o.id limit 1) n)
    select 'changes_waiting', '', count(*)::float8 from outbox where topic = 'order.status_changed' and batch_id is null
    union all
    select 'changes_oldest_seconds', '', coalesce(extract(epoch from p_now - (select min(at) from oldest)), 0)::float8
    union all
    select 'wakes_waiting', '', count(*)::float8 from outbox where topic <> 'order.status_changed' and done_at is null
    union all
    select 'batches', case when started_at is null then 'waiting' else 'started' end, count(*)::float8
    from batches where consequences_at is null and failed_at is null group by 2
    union all
    select 'cohorts', state, count(*)::float8 from cohorts where state <> 'rest' group by 2
    union all
    select 'texts', 'queued', count(*)::float8 from sms_messages where state = 'queued'
    union all
    select 'texts', 'handing', count(*)::float8 from sms_messages where state in ('claimed', 'handing')
    union all
    select 'texts_oldest_seconds', '', coalesce(extract(epoch from p_now - min(not_before)), 0)::float8
    from sms_messages where state = 'queued'
    union all
    select 'deadline_late_seconds', '', coalesce(extract(epoch from p_now - min(wake_at)), 0)::float8
    from places where closed_at is null and wake_at < p_now
    union all
    select 'shop_bodies_waiting', '', count(*)::float8 from inbound_events where processed_at is null $$;--> statement-breakpoint

do $$
begin
  alter function take_batch(uuid, uuid, integer, timestamptz) owner to tidings_system;
  revoke all on function take_batch(uuid, uuid, integer, timestamptz) from public;
  grant execute on function take_batch(uuid, uuid, integer, timestamptz) to tidings_app;
end $$;--> statement-breakpoint
revoke create on schema public from tidings_system;
