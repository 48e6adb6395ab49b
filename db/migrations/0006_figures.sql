-- What is under way in all workspaces together, for those who watch the installation. Each count is read from an index
-- of what is open, so that it costs little however much is done and over.
grant create on schema public to tidings_system;--> statement-breakpoint
create function figures(p_now timestamptz)
  returns table (name text, label text, value float8) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select 'changes_waiting', '', count(*)::float8 from outbox where topic = 'order.status_changed' and batch_id is null
    union all
    select 'changes_oldest_seconds', '', coalesce(extract(epoch from p_now - (
      select created_at from outbox where topic = 'order.status_changed' and batch_id is null order by id limit 1)), 0)::float8
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
  alter function figures(timestamptz) owner to tidings_system;
  revoke all on function figures(timestamptz) from public;
  grant execute on function figures(timestamptz) to tidings_app;
end $$;--> statement-breakpoint
revoke create on schema public from tidings_system;
