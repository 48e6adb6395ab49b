DROP INDEX "sms_messages_queue";--> statement-breakpoint
CREATE INDEX "sms_messages_unknown" ON "sms_messages" USING btree ("workspace_id","queued_at") WHERE state = 'unknown';--> statement-breakpoint
CREATE INDEX "batches_failed" ON "batches" USING btree ("workspace_id","failed_at") WHERE failed_at is not null;--> statement-breakpoint
CREATE INDEX "sms_messages_queue" ON "sms_messages" USING btree ("shard","channel_id","priority","not_before","workspace_id") WHERE state = 'queued';--> statement-breakpoint
grant create on schema public to tidings_system;--> statement-breakpoint

-- Up to p_max texts that may go now, channels in turn, but for those that are given a rest: what waits for them is not
-- even read. Numbers that said stop meanwhile are suppressed instead. Without sorting, as a page of a long queue is
-- read from its index, whatever a plan for any p_max makes of it.
drop function claim_messages(integer, uuid, integer, uuid[], timestamptz);--> statement-breakpoint
create function claim_messages(p_shard integer, p_holder uuid, p_max integer, p_resting uuid[], p_now timestamptz)
  returns table (id uuid, phone text, body text, parts integer, channel_id uuid, kind text, token text, settings jsonb)
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
      returning m.id, m.phone, m.text, m.parts, m.channel_id, m.state)
    select t.id, t.phone, t.text, t.parts::int, t.channel_id, c.kind, c.token, c.settings
    from taken t join channels c on c.id = t.channel_id where t.state = 'claimed' $$;--> statement-breakpoint

-- When the earliest queued text of a shard may go, but for channels that rest; null when none waits. One look into the
-- index for each channel and priority.
drop function next_message_at(integer, uuid[]);--> statement-breakpoint
create function next_message_at(p_shard integer, p_resting uuid[])
  returns timestamptz language sql stable security definer set search_path = pg_catalog, public, pg_temp set enable_sort = off as $$
    with recursive w(ch, priority) as (
      (select m.channel_id, m.priority from sms_messages m
       where m.shard = p_shard and state = 'queued' order by m.channel_id, m.priority limit 1)
      union all
      select n.channel_id, n.priority from w cross join lateral (
        select m.channel_id, m.priority from sms_messages m
        where m.shard = p_shard and state = 'queued' and (m.channel_id, m.priority) > (w.ch, w.priority)
        order by m.channel_id, m.priority limit 1) n)
    select min(n.not_before) from w cross join lateral (
      select m.not_before from sms_messages m
      where m.shard = p_shard and m.channel_id = w.ch and m.priority = w.priority and state = 'queued'
      order by m.not_before limit 1) n
    where w.ch <> all(p_resting) $$;--> statement-breakpoint

do $$
declare f regprocedure;
begin
  foreach f in array array['claim_messages(integer, uuid, integer, uuid[], timestamptz)', 'next_message_at(integer, uuid[])']::regprocedure[] loop
    execute format('alter function %s owner to tidings_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tidings_app', f);
  end loop;
end $$;--> statement-breakpoint
revoke create on schema public from tidings_system;
