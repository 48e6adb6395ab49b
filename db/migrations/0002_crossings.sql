-- What must cross workspaces, and nothing else: finding who a key, an integration or a channel belongs to,
-- what waits to be carried, and the senders' queues. Owned by tidings_system, which cannot log in.

create function find_api_key(p_id uuid)
  returns table (workspace_id uuid, role text, hash text) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select workspace_id, role, hash from api_keys where id = p_id and revoked_at is null $$;--> statement-breakpoint

create function list_workspaces()
  returns table (id uuid, name text, preset text, orders_enabled boolean) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select id, name, preset, orders_enabled from workspaces order by created_at, id $$;--> statement-breakpoint

create function find_integration(p_id uuid)
  returns table (workspace_id uuid, kind text, secret text) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select workspace_id, kind, secret from integrations where id = p_id $$;--> statement-breakpoint

create function find_channel(p_token text)
  returns table (workspace_id uuid, id uuid, kind text) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select workspace_id, id, kind from channels where token = p_token $$;--> statement-breakpoint

-- Integrations with bodies that are not processed yet: one index step each, however many bodies wait.
create function open_inbound()
  returns table (integration_id uuid, workspace_id uuid) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    with recursive i(id, ws) as (
      (select e.integration_id, e.workspace_id from inbound_events e where processed_at is null order by e.integration_id limit 1)
      union all
      select n.integration_id, n.workspace_id from i cross join lateral (
        select e.integration_id, e.workspace_id from inbound_events e
        where processed_at is null and e.integration_id > i.id order by e.integration_id limit 1) n)
    select id, ws from i $$;--> statement-breakpoint

-- Workspaces with changes in no batch yet, how many of their batches and cohorts are under way, and how many changes
-- wait (counted up to p_max).
create function open_changes(p_max integer)
  returns table (workspace_id uuid, waiting integer, under_way integer) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
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
        select from outbox o where topic = 'order.status_changed' and batch_id is null and o.workspace_id = w.id limit p_max) x),
      (select count(*)::int from batches b
       where b.workspace_id = w.id and consequences_at is null and failed_at is null)
      + (select count(*)::int from cohorts c where c.workspace_id = w.id and c.state = 'walking')
    from w $$;--> statement-breakpoint

create function open_controls(p_max integer)
  returns table (id bigint, workspace_id uuid, topic text, subject_id uuid, payload jsonb)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select id, workspace_id, topic, subject_id, payload from outbox
    where topic <> 'order.status_changed' and done_at is null order by id limit p_max $$;--> statement-breakpoint

create function controls_done(p_ids bigint[], p_now timestamptz)
  returns void language sql security definer set search_path = pg_catalog, public, pg_temp as $$
    update outbox set done_at = p_now where id = any(p_ids) $$;--> statement-breakpoint

-- Batches the engine does not have yet.
create function unstarted_batches(p_max integer)
  returns table (id uuid, workspace_id uuid) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select id, workspace_id from batches
    where started_at is null and consequences_at is null and failed_at is null order by created_at limit p_max $$;--> statement-breakpoint

create function batches_started(p_ids uuid[], p_now timestamptz)
  returns void language sql security definer set search_path = pg_catalog, public, pg_temp as $$
    update batches set started_at = p_now where id = any(p_ids) and started_at is null $$;--> statement-breakpoint

-- What has stood still since p_before, or everything that is open when p_before is infinity.
create function stood_still(p_before timestamptz, p_max integer)
  returns table (kind text, workspace_id uuid, id uuid, restarts integer) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    (select 'batch', workspace_id, id, restarts from batches
     where consequences_at is null and failed_at is null and coalesce(started_at, created_at) < p_before
     order by created_at limit p_max)
    union all
    (select 'cohort', workspace_id, id, restarts from cohorts
     where state = 'walking' and progress_at < p_before order by progress_at limit p_max)
    union all
    (select 'place', workspace_id, id, 0 from places
     where closed_at is null and coalesce(wake_at, '-infinity') < p_before order by wake_at limit p_max) $$;--> statement-breakpoint

-- A new holder takes a shard: what the former one had claimed is free again; what it was handing over may have been
-- accepted, so it is unknown, unless its channel takes our id for its key and may be asked again.
create function take_shard(p_shard integer, p_holder uuid, p_idempotent text[], p_now timestamptz)
  returns integer language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare lost integer;
begin
  insert into send_shards (shard, holder, taken_at) values (p_shard, p_holder, p_now)
    on conflict (shard) do update set holder = excluded.holder, taken_at = excluded.taken_at;
  update sms_messages m set state = 'queued', holder = null
    from channels c where c.id = m.channel_id and m.shard = p_shard and m.holder <> p_holder
    and (m.state = 'claimed' or (m.state = 'handing' and c.kind = any(p_idempotent)));
  update sms_messages set state = 'unknown', reason = 'sender_died'
    where shard = p_shard and state = 'handing' and holder <> p_holder;
  get diagnostics lost = row_count;
  return lost;
end $$;--> statement-breakpoint

-- Up to p_max texts that may go now, workspaces in turn. Numbers that said stop meanwhile are suppressed instead.
create function claim_messages(p_shard integer, p_holder uuid, p_max integer, p_now timestamptz)
  returns table (id uuid, phone text, body text, kind text, token text)
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
    with recursive fence as materialized (
      select from send_shards s where s.shard = p_shard and s.holder = p_holder for share),
    w(ws) as (
      (select m.workspace_id from sms_messages m where m.shard = p_shard and state = 'queued' order by m.workspace_id limit 1)
      union all
      select n.workspace_id from w cross join lateral (
        select m.workspace_id from sms_messages m
        where m.shard = p_shard and state = 'queued' and m.workspace_id > w.ws order by m.workspace_id limit 1) n),
    picked as materialized (
      select t.id from w cross join lateral (
        select m.id from sms_messages m
        where m.shard = p_shard and m.workspace_id = w.ws and state = 'queued' and m.not_before <= p_now
        order by m.priority, m.not_before
        limit greatest(1, p_max / (select count(*) from w)::int) for update skip locked) t
      where exists (select from fence)
      limit p_max),
    taken as (
      update sms_messages m set
        state = case when o.phone is null then 'claimed' else 'suppressed' end,
        reason = case when o.phone is not null then 'opted_out' end,
        finished_at = case when o.phone is not null then p_now end,
        dedupe_key = case when o.phone is not null and m.dedupe_key like 'auto:%:once'
          then m.dedupe_key || ':void:' || m.id else m.dedupe_key end,
        holder = p_holder
      from picked p join sms_messages q on q.id = p.id
      left join opt_outs o on o.workspace_id = q.workspace_id and o.phone = q.phone
      where m.id = p.id
      returning m.id, m.phone, m.text, m.channel_id, m.state)
    select t.id, t.phone, t.text, c.kind, c.token
    from taken t join channels c on c.id = t.channel_id where t.state = 'claimed' $$;--> statement-breakpoint

-- The last word before the gateway: only the present holder of the shard passes.
create function begin_handing(p_holder uuid, p_ids uuid[], p_now timestamptz)
  returns setof uuid language sql security definer set search_path = pg_catalog, public, pg_temp as $$
    update sms_messages m set state = 'handing', handing_at = p_now, attempts = attempts + 1
    from (select shard from send_shards where holder = p_holder for share) s
    where m.id = any(p_ids) and m.state = 'claimed' and m.holder = p_holder and s.shard = m.shard
    returning m.id $$;--> statement-breakpoint

-- What the gateway said. A receipt that came first keeps its word; a freed once-key lets the next entry send.
create function settle_messages(p_holder uuid, p_answers jsonb, p_now timestamptz)
  returns void language sql security definer set search_path = pg_catalog, public, pg_temp as $$
    update sms_messages m set
      state = a.state,
      reason = a.reason,
      gateway_id = coalesce(a.gateway_id, m.gateway_id),
      not_before = coalesce(p_now + a.after_ms * interval '1 millisecond', m.not_before),
      holder = case when a.state = 'queued' then null else m.holder end,
      sent_at = case when a.state = 'sent' then p_now end,
      finished_at = case when a.state = 'failed' then p_now end,
      dedupe_key = case when a.state = 'failed' and m.dedupe_key like 'auto:%:once'
        then m.dedupe_key || ':void:' || m.id else m.dedupe_key end
    from jsonb_to_recordset(p_answers) as a(id uuid, state text, reason text, gateway_id text, after_ms integer)
    where m.id = a.id and m.holder = p_holder and m.state in ('handing', 'unknown') $$;--> statement-breakpoint

-- Claimed texts that were not handed over go back for others to take.
create function release_messages(p_holder uuid, p_ids uuid[])
  returns void language sql security definer set search_path = pg_catalog, public, pg_temp as $$
    update sms_messages set state = 'queued', holder = null
    where id = any(p_ids) and state = 'claimed' and holder = p_holder $$;--> statement-breakpoint

-- When the earliest queued text of a shard may go; null when none waits.
create function next_message_at(p_shard integer)
  returns timestamptz language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select min(not_before) from sms_messages where shard = p_shard and state = 'queued' $$;--> statement-breakpoint

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef loop
    execute format('alter function %s owner to tidings_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tidings_app', f);
  end loop;
end $$;--> statement-breakpoint
revoke create on schema public from tidings_system;
