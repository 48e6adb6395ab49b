-- Rows that only ever stand for what the same statement read need no check of it, nor the keys that only such checks used.
ALTER TABLE "enrolment_steps" DROP CONSTRAINT "enrolment_steps_workspace_id_enrolment_id_enrolments_workspace_id_id_fk";--> statement-breakpoint
ALTER TABLE "enrolments" DROP CONSTRAINT "enrolments_workspace_id_version_id_campaign_versions_workspace_id_id_fk";--> statement-breakpoint
ALTER TABLE "enrolments" DROP CONSTRAINT "enrolments_workspace_id_change_id_order_status_changes_workspace_id_id_fk";--> statement-breakpoint
ALTER TABLE "enrolments" DROP CONSTRAINT "enrolments_workspace_id_customer_id_customers_workspace_id_id_fk";--> statement-breakpoint
ALTER TABLE "enrolments" DROP CONSTRAINT "enrolments_workspace_id_cohort_id_cohorts_workspace_id_id_fk";--> statement-breakpoint
ALTER TABLE "sms_messages" DROP CONSTRAINT "sms_messages_workspace_id_channel_id_channels_workspace_id_id_fk";--> statement-breakpoint
ALTER TABLE "sms_messages" DROP CONSTRAINT "sms_messages_workspace_id_enrolment_id_enrolments_workspace_id_id_fk";--> statement-breakpoint
ALTER TABLE "cohorts" DROP CONSTRAINT "cohorts_workspace";--> statement-breakpoint
ALTER TABLE "enrolments" DROP CONSTRAINT "enrolments_workspace";--> statement-breakpoint
ALTER TABLE "order_status_changes" DROP CONSTRAINT "order_status_changes_workspace";--> statement-breakpoint

-- An event is written twice in one transaction: with room in its page the second time touches no index.
alter table received_events set (fillfactor = 50);--> statement-breakpoint
grant create on schema public to tidings_system;--> statement-breakpoint

-- What the gateway said, found by its keys whatever the planner knows of a young ledger.
create or replace function settle_messages(p_holder uuid, p_answers jsonb, p_now timestamptz)
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
    where m.id = a.id and m.id = any(array(select k.id from jsonb_to_recordset(p_answers) as k(id uuid)))
      and m.holder = p_holder and m.state in ('handing', 'unknown') $$;--> statement-breakpoint

revoke create on schema public from tidings_system;
