CREATE TABLE "hand_over_counts" (
	"workspace_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"handed" integer NOT NULL,
	"failed" integer NOT NULL,
	CONSTRAINT "hand_over_counts_workspace_id_at_pk" PRIMARY KEY("workspace_id","at")
);
--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "heard_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "failing_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "failing_reason" text;--> statement-breakpoint

grant create on schema public to tidings_system;--> statement-breakpoint
do $$
begin
  alter table hand_over_counts enable row level security;
  alter table hand_over_counts force row level security;
  create policy own_workspace on hand_over_counts to tidings_app
    using (workspace_id = (select tidings_workspace())) with check (workspace_id = (select tidings_workspace()));
  create policy system on hand_over_counts to tidings_system using (true) with check (true);
  grant select, insert, update, delete on hand_over_counts to tidings_app, tidings_system;
end $$;--> statement-breakpoint

-- The least id that can have been made at a moment or later: ids begin with their time (RFC 9562, version 7), so what
-- is recent is read from the index of ids.
create function first_id_of(p_at timestamptz) returns uuid language sql stable parallel safe as $$
  select (lpad(to_hex((extract(epoch from p_at) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid $$;--> statement-breakpoint

-- When the oldest change of the present workspace came that is in no batch yet; as a range, for the primary key would
-- lead through everything that is done.
create function oldest_change()
  returns timestamptz language sql stable security definer set search_path = pg_catalog, public, pg_temp
  set enable_sort = off set enable_seqscan = off set enable_bitmapscan = off as $$
    select created_at from outbox
    where topic = 'order.status_changed' and batch_id is null
      and workspace_id >= tidings_workspace() and workspace_id <= tidings_workspace()
    order by workspace_id, id limit 1 $$;--> statement-breakpoint

-- What a worker's senders met since it last said so: texts taken and refused, counted, and channels that fail or take
-- texts again. A channel's row is written only when something is new in it.
create function note_hand_overs(p_words jsonb, p_now timestamptz)
  returns void language sql security definer set search_path = pg_catalog, public, pg_temp as $$
    with said as materialized (
      select c.workspace_id, c.id, w.failing, w.reason, w.handed, w.failed
      from jsonb_to_recordset(p_words) as w(id uuid, failing boolean, reason text, handed integer, failed integer)
      join channels c on c.id = w.id),
    over as (
      delete from hand_over_counts h using said
      where h.workspace_id = said.workspace_id and h.at < p_now - interval '2 hours'),
    counted as (
      insert into hand_over_counts as h (workspace_id, at, handed, failed)
      select workspace_id, date_bin('10 seconds', p_now, 'epoch'), sum(handed), sum(failed) from said
      group by workspace_id having sum(handed) + sum(failed) > 0 order by workspace_id
      on conflict (workspace_id, at) do update set handed = h.handed + excluded.handed, failed = h.failed + excluded.failed)
    update channels c set
      heard_at = case when said.failing then c.heard_at else p_now end,
      failing_since = case when said.failing then coalesce(c.failing_since, p_now) end,
      failing_reason = case when said.failing then said.reason end
    from said
    where c.id = said.id and case when said.failing
      then c.failing_since is null or c.failing_reason is distinct from said.reason
      when not said.failing then c.failing_since is not null or c.heard_at is null end $$;--> statement-breakpoint

-- As before, and tells the changes of the batch.
drop function take_batch(uuid, uuid, integer, timestamptz);--> statement-breakpoint
create function take_batch(p_workspace uuid, p_id uuid, p_max integer, p_now timestamptz)
  returns jsonb language sql security definer set search_path = pg_catalog, public, pg_temp
  set enable_sort = off set enable_seqscan = off set enable_bitmapscan = off as $$
    with picked as materialized (
      select id from outbox
      where topic = 'order.status_changed' and batch_id is null and workspace_id >= p_workspace and workspace_id <= p_workspace
      order by workspace_id, id limit p_max for update),
    made as (
      insert into batches (id, workspace_id, size, created_at)
      select p_id, p_workspace, count(*), p_now from picked having count(*) > 0 returning id),
    taken as (
      update outbox o set batch_id = made.id from picked, made where o.id = picked.id returning o.subject_id)
    select coalesce(jsonb_agg(subject_id), '[]') from taken $$;--> statement-breakpoint

-- As before, and tells the change that each text comes from.
drop function claim_messages(integer, uuid, integer, uuid[], timestamptz);--> statement-breakpoint
create function claim_messages(p_shard integer, p_holder uuid, p_max integer, p_resting uuid[], p_now timestamptz)
  returns table (id uuid, phone text, body text, parts integer, channel_id uuid, kind text, token text, settings jsonb,
    change_id uuid)
  language sql security definer set search_path = pg_catalog, public, pg_temp set enable_sort = off as $$
    with recursive fence as materialized (
      select from send_shards s where s.shard = p_shard and s.holder = p_holder for share),
    known(ch) as (
      (select m.channel_id from sms_messages m where m.shard = p_shard and state = 'queued' order by m.channel_id limit 1)
      union all
      select n.channel_id from known cross join lateral (
        select m.channel_id from sms_messages m
        where m.shard = p_shard and state = 'queued' and m.channel_id > known.ch order by m.channel_id limit 1) n),
    w as materialized (select ch from known where ch <> all(p_resting)),
    picked as materialized (
      select t.id from w cross join lateral (
        select m.id from sms_messages m
        where m.shard = p_shard and m.channel_id = w.ch and state = 'queued' and m.not_before <= p_now
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
      returning m.id, m.phone, m.text, m.parts, m.channel_id, m.change_id, m.state)
    select t.id, t.phone, t.text, t.parts::int, t.channel_id, c.kind, c.token, c.settings, t.change_id
    from taken t join channels c on c.id = t.channel_id where t.state = 'claimed' $$;--> statement-breakpoint

-- With rates, and channels that fail. A text that is tried again and again waits since it was queued; of a long queue
-- only the hundred that go next are looked at.
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
        order by o.workspace_id, o.id limit 1) n),
    cells(shard, ch, priority) as (
      (select m.shard, m.channel_id, m.priority from sms_messages m
       where state = 'queued' order by m.shard, m.channel_id, m.priority limit 1)
      union all
      select n.shard, n.channel_id, n.priority from cells c cross join lateral (
        select m.shard, m.channel_id, m.priority from sms_messages m
        where state = 'queued' and (m.shard, m.channel_id, m.priority) > (c.shard, c.ch, c.priority)
        order by m.shard, m.channel_id, m.priority limit 1) n),
    windows(name, since) as (values ('minute', p_now - interval '1 minute'), ('hour', p_now - interval '1 hour'))
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
    select 'texts_oldest_seconds', '', coalesce(extract(epoch from p_now - min(n.queued_at)), 0)::float8
    from cells c cross join lateral (
      select m.queued_at from sms_messages m
      where m.shard = c.shard and m.channel_id = c.ch and m.priority = c.priority and state = 'queued'
      order by m.not_before limit 100) n
    union all
    select 'deadline_late_seconds', '', coalesce(extract(epoch from p_now - min(wake_at)), 0)::float8
    from places where closed_at is null and wake_at < p_now
    union all
    select 'changes_recent', w.name, coalesce(sum(b.size), 0)::float8
    from windows w left join batches b on b.id >= first_id_of(w.since) group by w.name
    union all
    select k.name, w.name, coalesce(sum(k.value), 0)::float8
    from windows w left join hand_over_counts h on h.at > w.since cross join lateral (
      values ('texts_handed_recent', h.handed), ('texts_failed_recent', h.failed)) k(name, value) group by 1, 2
    union all
    select 'channels_failing', '', count(*)::float8 from channels where failing_since is not null
    union all
    select 'channels_failing_seconds', '', coalesce(extract(epoch from p_now - min(failing_since)), 0)::float8 from channels
    union all
    select 'shop_bodies_waiting', '', count(*)::float8 from inbound_events where processed_at is null $$;--> statement-breakpoint

do $$
declare f regprocedure;
begin
  foreach f in array array['oldest_change()', 'take_batch(uuid, uuid, integer, timestamptz)', 'note_hand_overs(jsonb, timestamptz)',
    'claim_messages(integer, uuid, integer, uuid[], timestamptz)']::regprocedure[] loop
    execute format('alter function %s owner to tidings_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tidings_app', f);
  end loop;
end $$;--> statement-breakpoint
revoke create on schema public from tidings_system;
