grant create on schema public to tidings_system;--> statement-breakpoint

-- As before, and a batch is done at once where no campaign's trigger and no text of a status looks at what its changes
-- entered; whether one that does look fits exactly is decided with the batch's consequences.
create or replace function take_batch(p_workspace uuid, p_id uuid, p_max integer, p_now timestamptz)
  returns jsonb language sql security definer set search_path = pg_catalog, public, pg_temp
  set enable_sort = off set enable_seqscan = off set enable_bitmapscan = off as $$
    with picked as materialized (
      select id, subject_id from outbox
      where topic = 'order.status_changed' and batch_id is null and workspace_id >= p_workspace and workspace_id <= p_workspace
      order by workspace_id, id limit p_max for update),
    entered as materialized (
      select distinct c.axis, c.to_status_id
      from picked p join order_status_changes c on c.id = p.subject_id where not c.silent),
    looked_at as materialized (
      select exists (
        select from entered e where exists (select from status_auto_sms a where a.status_id = e.to_status_id)
          or exists (select from campaign_triggers t where t.workspace_id = p_workspace and t.axis = e.axis
            and (t.to_ids is null or e.to_status_id = any(t.to_ids)))) as yes),
    made as (
      insert into batches (id, workspace_id, size, created_at, started_at, consequences_at)
      select p_id, p_workspace, count(*), p_now, case when not l.yes then p_now end, case when not l.yes then p_now end
      from picked cross join looked_at l group by l.yes having count(*) > 0 returning id),
    taken as (
      update outbox o set batch_id = made.id from picked, made where o.id = picked.id returning o.subject_id)
    select jsonb_build_object('changeIds', coalesce(jsonb_agg(subject_id), '[]'), 'isIdle', not (select yes from looked_at))
    from taken $$;--> statement-breakpoint

revoke create on schema public from tidings_system;
