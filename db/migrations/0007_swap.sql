-- One trip between two groups of texts: what the gateway said of the former, and the last word before the next.
grant create on schema public to tidings_system;--> statement-breakpoint
create function swap_messages(p_holder uuid, p_answers jsonb, p_ids uuid[], p_now timestamptz)
  returns setof uuid language sql security definer set search_path = pg_catalog, public, pg_temp as $$
    select settle_messages(p_holder, p_answers, p_now);
    select begin_handing(p_holder, p_ids, p_now) $$;--> statement-breakpoint
do $$
begin
  alter function swap_messages(uuid, jsonb, uuid[], timestamptz) owner to tidings_system;
  revoke all on function swap_messages(uuid, jsonb, uuid[], timestamptz) from public;
  grant execute on function swap_messages(uuid, jsonb, uuid[], timestamptz) to tidings_app;
end $$;--> statement-breakpoint
revoke create on schema public from tidings_system;
