-- What pages need across workspaces: finding whose a browser is, and telling pages what changed.
grant create on schema public to tidings_system;--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['sign_in_links', 'sessions'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy own_workspace on %I to tidings_app using (workspace_id = (select tidings_workspace())) with check (workspace_id = (select tidings_workspace()))', t);
    execute format('create policy system on %I to tidings_system using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to tidings_app', t);
    execute format('grant select, insert, update on %I to tidings_system', t);
  end loop;
end $$;--> statement-breakpoint

-- Until now every workspace had one channel.
update channels set in_use = true;--> statement-breakpoint

-- Spends a link: whoever comes second, or late, gets nothing.
create function use_sign_in_link(p_hash text, p_now timestamptz)
  returns table (workspace_id uuid) language sql security definer set search_path = pg_catalog, public, pg_temp as $$
    update sign_in_links set used_at = p_now
    where hash = p_hash and used_at is null and expires_at > p_now returning workspace_id $$;--> statement-breakpoint

create function find_session(p_hash text, p_now timestamptz)
  returns table (workspace_id uuid, id uuid) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select workspace_id, id from sessions where hash = p_hash and ended_at is null and expires_at > p_now $$;--> statement-breakpoint

-- Up to p_max texts that may go now, workspaces in turn, but for those of channels that are given a rest. Numbers that
-- said stop meanwhile are suppressed instead.
drop function claim_messages(integer, uuid, integer, timestamptz);--> statement-breakpoint
create function claim_messages(p_shard integer, p_holder uuid, p_max integer, p_resting uuid[], p_now timestamptz)
  returns table (id uuid, phone text, body text, parts integer, channel_id uuid, kind text, token text, settings jsonb)
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
          and m.channel_id <> all(p_resting)
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

-- When the earliest queued text of a shard may go, but for channels that rest; null when none waits.
drop function next_message_at(integer);--> statement-breakpoint
create function next_message_at(p_shard integer, p_resting uuid[])
  returns timestamptz language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select min(not_before) from sms_messages
    where shard = p_shard and state = 'queued' and channel_id <> all(p_resting) $$;--> statement-breakpoint

-- Tells pages what changed: the workspace and a topic, once a transaction.
create function tell_change() returns trigger language plpgsql as $$
declare w uuid;
begin
  for w in select distinct workspace_id from changed loop
    perform pg_notify('tidings_changes', w || ' ' || tg_argv[0]);
  end loop;
  return null;
end $$;--> statement-breakpoint

-- Between hands a text looks the same to people.
create function tell_text() returns trigger language plpgsql as $$
declare w uuid;
begin
  for w in select distinct workspace_id from changed where state not in ('claimed', 'handing') loop
    perform pg_notify('tidings_changes', w || ' messages');
  end loop;
  return null;
end $$;--> statement-breakpoint

do $$
declare
  t record;
  event text;
begin
  for t in select * from (values
    ('orders', 'orders'), ('order_status_changes', 'orders'), ('status_change_refusals', 'orders'),
    ('campaigns', 'campaigns'), ('campaign_versions', 'campaigns'), ('enrolments', 'campaigns'),
    ('order_statuses', 'statuses'), ('status_timeouts', 'statuses'), ('status_auto_sms', 'statuses'),
    ('replies', 'messages'), ('opt_outs', 'messages'),
    ('integrations', 'integrations'), ('inbound_events', 'integrations'), ('channels', 'channels')) as v(name, topic)
  loop
    foreach event in array array['insert', 'update'] loop
      execute format(
        'create trigger tell_%s after %s on %I referencing new table as changed for each statement execute function tell_change(%L)',
        event, event, t.name, t.topic);
    end loop;
  end loop;
end $$;--> statement-breakpoint
create trigger tell_insert after insert on sms_messages referencing new table as changed
  for each statement execute function tell_text();--> statement-breakpoint
create trigger tell_update after update on sms_messages referencing new table as changed
  for each statement execute function tell_text();--> statement-breakpoint

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
