-- Roles. tidings_app is what every connection works as; tidings_system owns the few functions that cross workspaces.
do $$ begin create role tidings_app nologin; exception when duplicate_object or unique_violation then null; end $$;--> statement-breakpoint
do $$ begin create role tidings_system nologin; exception when duplicate_object or unique_violation then null; end $$;--> statement-breakpoint
do $$ begin
  execute format('grant tidings_app, tidings_system to %I', current_user);
exception when unique_violation or internal_error then null;
end $$;--> statement-breakpoint
grant usage on schema public to tidings_app;--> statement-breakpoint
grant usage, create on schema public to tidings_system;--> statement-breakpoint

-- The workspace of the current transaction. Empty after a transaction that set it, hence nullif.
create function tidings_workspace() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('tidings.workspace', true), '')::uuid $$;--> statement-breakpoint

-- Every row belongs to a workspace and is seen from there only, by the owner of the tables too.
do $$
declare t record;
begin
  for t in
    select c.relname, case c.relname when 'workspaces' then 'id' else 'workspace_id' end as key
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and (c.relname = 'workspaces' or exists (
        select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped))
  loop
    execute format('alter table %I enable row level security', t.relname);
    execute format('alter table %I force row level security', t.relname);
    execute format(
      'create policy own_workspace on %I to tidings_app using (%I = (select tidings_workspace())) with check (%I = (select tidings_workspace()))',
      t.relname, t.key, t.key);
    execute format('create policy system on %I to tidings_system using (true) with check (true)', t.relname);
    execute format('grant select, insert, update, delete on %I to tidings_app', t.relname);
    execute format('grant select, insert, update on %I to tidings_system', t.relname);
  end loop;
end $$;--> statement-breakpoint
grant select on status_groups to tidings_app;--> statement-breakpoint
grant select, insert, update on installation, workers, send_shards to tidings_app, tidings_system;--> statement-breakpoint
grant delete on workers to tidings_app;--> statement-breakpoint
grant usage on all sequences in schema public to tidings_app;--> statement-breakpoint

-- The seven groups. Source: S0-11 to S0-13, S0-19.
insert into status_groups (code, name, colour, position) values
  ('processing', 'Processing', '#228be6', 1),
  ('spam', 'Double / spam / errors', '#868e96', 2),
  ('accepted', 'Accepted', '#12b886', 3),
  ('sent', 'Sent to', '#fab005', 4),
  ('cancelled', 'Cancelled', '#fa5252', 5),
  ('paid', 'Paid', '#40c057', 6),
  ('return', 'Return', '#7950f2', 7);--> statement-breakpoint
create function refuse_change() returns trigger language plpgsql
  as $$ begin raise exception '% rows of % never change', tg_op, tg_table_name; end $$;--> statement-breakpoint
create trigger fixed before insert or update or delete or truncate on status_groups
  for each statement execute function refuse_change();--> statement-breakpoint
create trigger append_only before update or delete or truncate on order_status_changes
  for each statement execute function refuse_change();--> statement-breakpoint
create trigger append_only before update or delete or truncate on customer_revisions
  for each statement execute function refuse_change();--> statement-breakpoint
create trigger append_only before update or delete or truncate on order_revisions
  for each statement execute function refuse_change();--> statement-breakpoint
create trigger append_only before update or delete or truncate on enrolment_steps
  for each statement execute function refuse_change();--> statement-breakpoint
create trigger append_only before update or delete or truncate on status_change_refusals
  for each statement execute function refuse_change();--> statement-breakpoint

-- A status never changes its axis; the locked one keeps name, code, group and place at the start. Source: S0-03, S0-04.
create function guard_status() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.is_locked then raise exception 'status % is locked', old.code; end if;
    return old;
  end if;
  if new.axis <> old.axis then raise exception 'a status never changes its type'; end if;
  if old.is_locked and (new.name, new.code, new.group_code, new.is_locked, new.is_initial, new.deleted_at)
    is distinct from (old.name, old.code, old.group_code, old.is_locked, old.is_initial, old.deleted_at) then
    raise exception 'status % is locked', old.code;
  end if;
  return new;
end $$;--> statement-breakpoint
create trigger guard before update or delete on order_statuses
  for each row execute function guard_status();--> statement-breakpoint

-- A published version keeps everything but the end of its time.
create function guard_version() returns trigger language plpgsql as $$
begin
  if (new.id, new.campaign_id, new.number, new.document, new.live_from)
    is distinct from (old.id, old.campaign_id, old.number, old.document, old.live_from) then
    raise exception 'a published version never changes';
  end if;
  return new;
end $$;--> statement-breakpoint
create trigger guard before update on campaign_versions
  for each row execute function guard_version();--> statement-breakpoint

-- Whoever waits for work is woken when it is committed.
create function tell() returns trigger language plpgsql
  as $$ begin perform pg_notify(tg_argv[0], ''); return null; end $$;--> statement-breakpoint
create trigger tell after insert on outbox for each statement execute function tell('tidings_outbox');--> statement-breakpoint
create trigger tell after insert on sms_messages for each statement execute function tell('tidings_messages');--> statement-breakpoint
create trigger tell after insert on inbound_events for each statement execute function tell('tidings_inbound');--> statement-breakpoint

-- When a period that began at `since` is over; months by the calendar of the zone, all else by the clock. Source: C12.
create function due_after(since timestamptz, amount integer, unit text, zone text) returns timestamptz
  language sql stable parallel safe as $$
    select case when unit = 'month'
      then (since at time zone zone + make_interval(months => amount)) at time zone zone
      else since + amount * ('1 ' || unit)::interval end $$;
