CREATE TABLE "campaign_triggers" (
	"version_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"axis" text NOT NULL,
	"from_ids" uuid[],
	"from_group" text,
	"to_ids" uuid[],
	"to_group" text,
	"including_creation" boolean NOT NULL,
	"leave_when_status_changes" boolean NOT NULL,
	"first_node" text,
	CONSTRAINT "campaign_triggers_axis" CHECK (axis in ('general', 'delivery', 'payment'))
);
--> statement-breakpoint
CREATE TABLE "campaign_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"document" jsonb NOT NULL,
	"published_by" text NOT NULL,
	"live_from" timestamp (3) with time zone NOT NULL,
	"live_until" timestamp (3) with time zone,
	CONSTRAINT "campaign_versions_workspace" UNIQUE("workspace_id","id"),
	CONSTRAINT "campaign_versions_number" UNIQUE("campaign_id","number"),
	CONSTRAINT "campaign_versions_time" CHECK (live_until >= live_from)
);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"draft" jsonb NOT NULL,
	"draft_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "campaigns_workspace" UNIQUE("workspace_id","id"),
	CONSTRAINT "campaigns_state" CHECK (state in ('draft', 'live', 'paused')),
	CONSTRAINT "campaigns_name" CHECK (length(name) between 1 and 80)
);
--> statement-breakpoint
CREATE TABLE "cohorts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"origin_id" uuid NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"progress_at" timestamp (3) with time zone NOT NULL,
	"restarts" integer DEFAULT 0 NOT NULL,
	"error" text,
	CONSTRAINT "cohorts_workspace" UNIQUE("workspace_id","id"),
	CONSTRAINT "cohorts_state" CHECK (state in ('walking', 'held', 'rest', 'stuck'))
);
--> statement-breakpoint
CREATE TABLE "enrolment_steps" (
	"workspace_id" uuid NOT NULL,
	"enrolment_id" uuid NOT NULL,
	"node_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"outcome" text NOT NULL,
	"until" timestamp (3) with time zone,
	CONSTRAINT "enrolment_steps_enrolment_id_node_id_outcome_pk" PRIMARY KEY("enrolment_id","node_id","outcome")
);
--> statement-breakpoint
CREATE TABLE "enrolments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"change_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"customer_id" uuid,
	"cohort_id" uuid NOT NULL,
	"node_id" text,
	"state" text NOT NULL,
	"place_id" uuid,
	"due_at" timestamp (3) with time zone,
	"entered_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"end_reason" text,
	CONSTRAINT "enrolments_workspace" UNIQUE("workspace_id","id"),
	CONSTRAINT "enrolments_once" UNIQUE("campaign_id","change_id"),
	CONSTRAINT "enrolments_state" CHECK (state in ('walking', 'waiting', 'ended')),
	CONSTRAINT "enrolments_waiting" CHECK ((state = 'waiting') = (due_at is not null and place_id is not null)),
	CONSTRAINT "enrolments_ended" CHECK ((state = 'ended') = (ended_at is not null and end_reason is not null and node_id is null))
);
--> statement-breakpoint
CREATE TABLE "places" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"status_id" uuid,
	"version_id" uuid,
	"node_id" text,
	"amount" integer NOT NULL,
	"unit" text NOT NULL,
	"wake_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "places_workspace" UNIQUE("workspace_id","id"),
	CONSTRAINT "places_status" UNIQUE("status_id"),
	CONSTRAINT "places_step" UNIQUE("version_id","node_id"),
	CONSTRAINT "places_one" CHECK ((status_id is not null) = (version_id is null) and (version_id is null) = (node_id is null)),
	CONSTRAINT "places_unit" CHECK (unit in ('second', 'minute', 'hour', 'day', 'week', 'month'))
);
--> statement-breakpoint
CREATE TABLE "customer_revisions" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"name" text NOT NULL,
	"phone" text,
	"email" text,
	"country" char(2)
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"phone" text,
	"phone_given" text,
	"email" text,
	"country" char(2),
	"external_key" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "customers_workspace" UNIQUE("workspace_id","id"),
	CONSTRAINT "customers_phone_form" CHECK (phone ~ '^\+[1-9][0-9]{3,14}$')
);
--> statement-breakpoint
CREATE TABLE "opt_outs" (
	"workspace_id" uuid NOT NULL,
	"phone" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "opt_outs_workspace_id_phone_pk" PRIMARY KEY("workspace_id","phone"),
	CONSTRAINT "opt_outs_source" CHECK (source in ('reply', 'person'))
);
--> statement-breakpoint
CREATE TABLE "replies" (
	"workspace_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"id" text NOT NULL,
	"phone" text NOT NULL,
	"text" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "replies_workspace_id_channel_id_id_pk" PRIMARY KEY("workspace_id","channel_id","id")
);
--> statement-breakpoint
CREATE TABLE "inbound_events" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"integration_id" uuid NOT NULL,
	"delivery_key" text NOT NULL,
	"topic" text,
	"body" "bytea" NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"processed_at" timestamp (3) with time zone,
	"outcome" text,
	"error" jsonb,
	"order_id" uuid,
	CONSTRAINT "inbound_events_delivery" UNIQUE("integration_id","delivery_key"),
	CONSTRAINT "inbound_events_done" CHECK ((processed_at is null) = (outcome is null))
);
--> statement-breakpoint
CREATE TABLE "integration_status_map" (
	"workspace_id" uuid NOT NULL,
	"integration_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"axis" text NOT NULL,
	"status_id" uuid NOT NULL,
	CONSTRAINT "integration_status_map_integration_id_slug_axis_pk" PRIMARY KEY("integration_id","slug","axis"),
	CONSTRAINT "integration_status_map_axis" CHECK (axis in ('general', 'delivery', 'payment'))
);
--> statement-breakpoint
CREATE TABLE "integrations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"secret" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "integrations_workspace" UNIQUE("workspace_id","id"),
	CONSTRAINT "integrations_kind" CHECK (kind in ('woocommerce')),
	CONSTRAINT "integrations_name" CHECK (length(name) between 1 and 80)
);
--> statement-breakpoint
CREATE TABLE "order_external_refs" (
	"workspace_id" uuid NOT NULL,
	"integration_id" uuid NOT NULL,
	"external_id" text NOT NULL,
	"order_id" uuid NOT NULL,
	"remote_status" text,
	"remote_modified_at" timestamp (3) with time zone,
	CONSTRAINT "order_external_refs_integration_id_external_id_pk" PRIMARY KEY("integration_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "send_shards" (
	"shard" integer PRIMARY KEY NOT NULL,
	"holder" uuid NOT NULL,
	"taken_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sms_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"dedupe_key" text NOT NULL,
	"order_id" uuid NOT NULL,
	"customer_id" uuid,
	"enrolment_id" uuid,
	"node_id" text,
	"status_id" uuid,
	"change_id" uuid,
	"phone" text,
	"text" text NOT NULL,
	"parts" smallint NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"priority" smallint NOT NULL,
	"shard" smallint NOT NULL,
	"not_before" timestamp (3) with time zone NOT NULL,
	"holder" uuid,
	"attempts" integer DEFAULT 0 NOT NULL,
	"gateway_id" text,
	"queued_at" timestamp (3) with time zone NOT NULL,
	"handing_at" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "sms_messages_once" UNIQUE("workspace_id","dedupe_key"),
	CONSTRAINT "sms_messages_state" CHECK (state in ('queued', 'claimed', 'handing', 'unknown', 'sent', 'delivered', 'undelivered', 'failed', 'suppressed')),
	CONSTRAINT "sms_messages_held_by" CHECK (state not in ('claimed', 'handing') or holder is not null),
	CONSTRAINT "sms_messages_phone" CHECK (state = 'suppressed' or phone is not null),
	CONSTRAINT "sms_messages_reason" CHECK (state not in ('suppressed', 'failed', 'undelivered') or reason is not null)
);
--> statement-breakpoint
CREATE TABLE "order_revisions" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"customer_id" uuid,
	"contact_name" text,
	"contact_phone" text,
	"contact_email" text,
	"total" numeric(14, 2),
	"currency" char(3),
	"payment_method" text
);
--> statement-breakpoint
CREATE TABLE "order_status_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"axis" text NOT NULL,
	"seq" integer NOT NULL,
	"from_status_id" uuid,
	"to_status_id" uuid NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"reason" text,
	"cause_change_id" uuid,
	"source" text,
	"source_event_id" text,
	"depth" integer NOT NULL,
	"silent" boolean DEFAULT false NOT NULL,
	CONSTRAINT "order_status_changes_workspace" UNIQUE("workspace_id","id"),
	CONSTRAINT "order_status_changes_seq" UNIQUE("order_id","axis","seq"),
	CONSTRAINT "order_status_changes_other" CHECK (from_status_id is distinct from to_status_id),
	CONSTRAINT "order_status_changes_first" CHECK ((seq = 1) = (from_status_id is null)),
	CONSTRAINT "order_status_changes_depth" CHECK (depth between 0 and 8),
	CONSTRAINT "order_status_changes_axis" CHECK (axis in ('general', 'delivery', 'payment')),
	CONSTRAINT "order_status_changes_actor" CHECK (actor_kind in ('key', 'person', 'integration', 'timeout', 'campaign', 'bulk', 'import'))
);
--> statement-breakpoint
CREATE TABLE "order_words" (
	"workspace_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"axis" text NOT NULL,
	"source" text NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "order_words_order_id_axis_source_pk" PRIMARY KEY("order_id","axis","source"),
	CONSTRAINT "order_words_axis" CHECK (axis in ('general', 'delivery', 'payment'))
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"number" text NOT NULL,
	"customer_id" uuid,
	"contact_name" text,
	"contact_phone" text,
	"contact_email" text,
	"source" text NOT NULL,
	"total" numeric(14, 2),
	"currency" char(3),
	"payment_method" text,
	"comment" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"archived_at" timestamp (3) with time zone,
	"version" bigint DEFAULT 0 NOT NULL,
	"general_status_id" uuid,
	"general_axis" text GENERATED ALWAYS AS ('general') STORED,
	"general_seq" integer DEFAULT 0 NOT NULL,
	"general_changed_at" timestamp (3) with time zone,
	"general_due_from" timestamp (3) with time zone,
	"general_refused_seq" integer,
	"delivery_status_id" uuid,
	"delivery_axis" text GENERATED ALWAYS AS ('delivery') STORED,
	"delivery_seq" integer DEFAULT 0 NOT NULL,
	"delivery_changed_at" timestamp (3) with time zone,
	"delivery_due_from" timestamp (3) with time zone,
	"delivery_refused_seq" integer,
	"payment_status_id" uuid,
	"payment_axis" text GENERATED ALWAYS AS ('payment') STORED,
	"payment_seq" integer DEFAULT 0 NOT NULL,
	"payment_changed_at" timestamp (3) with time zone,
	"payment_due_from" timestamp (3) with time zone,
	"payment_refused_seq" integer,
	CONSTRAINT "orders_workspace" UNIQUE("workspace_id","id"),
	CONSTRAINT "orders_number" UNIQUE("workspace_id","number"),
	CONSTRAINT "orders_general_begun" CHECK ((general_seq = 0) = (general_status_id is null)),
	CONSTRAINT "orders_delivery_begun" CHECK ((delivery_seq = 0) = (delivery_status_id is null)),
	CONSTRAINT "orders_payment_begun" CHECK ((payment_seq = 0) = (payment_status_id is null)),
	CONSTRAINT "orders_total" CHECK (total >= 0),
	CONSTRAINT "orders_number_form" CHECK (length(number) between 1 and 80)
);
--> statement-breakpoint
CREATE TABLE "received_events" (
	"workspace_id" uuid NOT NULL,
	"source" text NOT NULL,
	"event_id" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"order_id" uuid,
	"outcomes" jsonb,
	CONSTRAINT "received_events_workspace_id_source_event_id_pk" PRIMARY KEY("workspace_id","source","event_id")
);
--> statement-breakpoint
CREATE TABLE "status_change_refusals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"axis" text NOT NULL,
	"wanted_status_id" uuid NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"code" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "batches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"size" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"started_at" timestamp (3) with time zone,
	"consequences_at" timestamp (3) with time zone,
	"failed_at" timestamp (3) with time zone,
	"error" text,
	"restarts" integer DEFAULT 0 NOT NULL,
	"last_cut" text,
	CONSTRAINT "batches_workspace" UNIQUE("workspace_id","id"),
	CONSTRAINT "batches_size" CHECK (size between 1 and 500)
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"topic" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"payload" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"batch_id" uuid,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "outbox_topic" CHECK (topic in ('order.status_changed', 'place.wake', 'cohort.go'))
);
--> statement-breakpoint
CREATE TABLE "order_statuses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"axis" text NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"code" text NOT NULL,
	"group_code" text,
	"delivery_kind" text,
	"payment_kind" text,
	"meaning" text GENERATED ALWAYS AS (coalesce(group_code, delivery_kind, payment_kind)) STORED NOT NULL,
	"origin" text NOT NULL,
	"is_locked" boolean DEFAULT false NOT NULL,
	"is_initial" boolean DEFAULT false NOT NULL,
	"include_in_analytics" boolean DEFAULT true NOT NULL,
	"position" integer NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "order_statuses_workspace" UNIQUE("workspace_id","id"),
	CONSTRAINT "order_statuses_axis" UNIQUE("workspace_id","id","axis"),
	CONSTRAINT "order_statuses_axis_known" CHECK (axis in ('general', 'delivery', 'payment')),
	CONSTRAINT "order_statuses_origin" CHECK (origin in ('built_in', 'own')),
	CONSTRAINT "order_statuses_group" CHECK ((axis = 'general') = (group_code is not null)),
	CONSTRAINT "order_statuses_delivery" CHECK ((axis = 'delivery') = (delivery_kind is not null)),
	CONSTRAINT "order_statuses_payment" CHECK ((axis = 'payment') = (payment_kind is not null)),
	CONSTRAINT "order_statuses_group_known" CHECK (group_code in ('processing', 'spam', 'accepted', 'sent', 'cancelled', 'paid', 'return')),
	CONSTRAINT "order_statuses_delivery_known" CHECK (delivery_kind in ('not_shipped', 'preparing', 'shipped', 'at_delivery_point', 'delivered', 'returned', 'cancelled')),
	CONSTRAINT "order_statuses_payment_known" CHECK (payment_kind in ('unpaid', 'awaiting', 'held', 'partially_paid', 'paid', 'partially_refunded', 'refunded', 'cancelled')),
	CONSTRAINT "order_statuses_name_length" CHECK (length(name) between 1 and 80),
	CONSTRAINT "order_statuses_code_form" CHECK (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$')
);
--> statement-breakpoint
CREATE TABLE "status_auto_sms" (
	"status_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"template" text NOT NULL,
	"always" boolean NOT NULL,
	CONSTRAINT "status_auto_sms_length" CHECK (length(template) between 1 and 5000)
);
--> statement-breakpoint
CREATE TABLE "status_groups" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"colour" char(7) NOT NULL,
	"position" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "status_timeouts" (
	"status_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"axis" text NOT NULL,
	"to_status_id" uuid NOT NULL,
	"amount" integer NOT NULL,
	"unit" text NOT NULL,
	CONSTRAINT "status_timeouts_other" CHECK (status_id <> to_status_id),
	CONSTRAINT "status_timeouts_amount" CHECK (amount between 1 and 999999),
	CONSTRAINT "status_timeouts_unit" CHECK (unit in ('second', 'minute', 'hour', 'day', 'week', 'month'))
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"hash" char(64) NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "api_keys_role" CHECK (role in ('admin', 'operator'))
);
--> statement-breakpoint
CREATE TABLE "channels" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"token" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "channels_token_unique" UNIQUE("token"),
	CONSTRAINT "channels_workspace" UNIQUE("workspace_id","id"),
	CONSTRAINT "channels_kind" UNIQUE("workspace_id","kind"),
	CONSTRAINT "channels_kind_known" CHECK (kind in ('sandbox'))
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"engine_namespace_id" text
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"engine_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"preset" text NOT NULL,
	"timezone" text NOT NULL,
	"region" char(2) NOT NULL,
	"currency" char(3) NOT NULL,
	"orders_enabled_at" timestamp (3) with time zone,
	"orders_enabled_by" text,
	"orders_enabled" boolean DEFAULT false NOT NULL,
	"next_number" bigint DEFAULT 1001 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "workspaces_enabled_by" CHECK (not "workspaces"."orders_enabled" or ("workspaces"."orders_enabled_at" is not null and "workspaces"."orders_enabled_by" is not null)),
	CONSTRAINT "workspaces_name" CHECK (length("workspaces"."name") between 1 and 80)
);
--> statement-breakpoint
ALTER TABLE "campaign_triggers" ADD CONSTRAINT "campaign_triggers_workspace_id_version_id_campaign_versions_workspace_id_id_fk" FOREIGN KEY ("workspace_id","version_id") REFERENCES "public"."campaign_versions"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_versions" ADD CONSTRAINT "campaign_versions_workspace_id_campaign_id_campaigns_workspace_id_id_fk" FOREIGN KEY ("workspace_id","campaign_id") REFERENCES "public"."campaigns"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cohorts" ADD CONSTRAINT "cohorts_workspace_id_version_id_campaign_versions_workspace_id_id_fk" FOREIGN KEY ("workspace_id","version_id") REFERENCES "public"."campaign_versions"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment_steps" ADD CONSTRAINT "enrolment_steps_workspace_id_enrolment_id_enrolments_workspace_id_id_fk" FOREIGN KEY ("workspace_id","enrolment_id") REFERENCES "public"."enrolments"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_workspace_id_version_id_campaign_versions_workspace_id_id_fk" FOREIGN KEY ("workspace_id","version_id") REFERENCES "public"."campaign_versions"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_workspace_id_change_id_order_status_changes_workspace_id_id_fk" FOREIGN KEY ("workspace_id","change_id") REFERENCES "public"."order_status_changes"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_workspace_id_order_id_orders_workspace_id_id_fk" FOREIGN KEY ("workspace_id","order_id") REFERENCES "public"."orders"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_workspace_id_customer_id_customers_workspace_id_id_fk" FOREIGN KEY ("workspace_id","customer_id") REFERENCES "public"."customers"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_workspace_id_cohort_id_cohorts_workspace_id_id_fk" FOREIGN KEY ("workspace_id","cohort_id") REFERENCES "public"."cohorts"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_workspace_id_place_id_places_workspace_id_id_fk" FOREIGN KEY ("workspace_id","place_id") REFERENCES "public"."places"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "places" ADD CONSTRAINT "places_workspace_id_status_id_order_statuses_workspace_id_id_fk" FOREIGN KEY ("workspace_id","status_id") REFERENCES "public"."order_statuses"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "places" ADD CONSTRAINT "places_workspace_id_version_id_campaign_versions_workspace_id_id_fk" FOREIGN KEY ("workspace_id","version_id") REFERENCES "public"."campaign_versions"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_revisions" ADD CONSTRAINT "customer_revisions_workspace_id_customer_id_customers_workspace_id_id_fk" FOREIGN KEY ("workspace_id","customer_id") REFERENCES "public"."customers"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opt_outs" ADD CONSTRAINT "opt_outs_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replies" ADD CONSTRAINT "replies_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbound_events" ADD CONSTRAINT "inbound_events_workspace_id_integration_id_integrations_workspace_id_id_fk" FOREIGN KEY ("workspace_id","integration_id") REFERENCES "public"."integrations"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "integration_status_map" ADD CONSTRAINT "integration_status_map_workspace_id_integration_id_integrations_workspace_id_id_fk" FOREIGN KEY ("workspace_id","integration_id") REFERENCES "public"."integrations"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "integration_status_map" ADD CONSTRAINT "integration_status_map_workspace_id_status_id_axis_order_statuses_workspace_id_id_axis_fk" FOREIGN KEY ("workspace_id","status_id","axis") REFERENCES "public"."order_statuses"("workspace_id","id","axis") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "integrations" ADD CONSTRAINT "integrations_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_external_refs" ADD CONSTRAINT "order_external_refs_workspace_id_integration_id_integrations_workspace_id_id_fk" FOREIGN KEY ("workspace_id","integration_id") REFERENCES "public"."integrations"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_external_refs" ADD CONSTRAINT "order_external_refs_workspace_id_order_id_orders_workspace_id_id_fk" FOREIGN KEY ("workspace_id","order_id") REFERENCES "public"."orders"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sms_messages" ADD CONSTRAINT "sms_messages_workspace_id_order_id_orders_workspace_id_id_fk" FOREIGN KEY ("workspace_id","order_id") REFERENCES "public"."orders"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sms_messages" ADD CONSTRAINT "sms_messages_workspace_id_channel_id_channels_workspace_id_id_fk" FOREIGN KEY ("workspace_id","channel_id") REFERENCES "public"."channels"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sms_messages" ADD CONSTRAINT "sms_messages_workspace_id_enrolment_id_enrolments_workspace_id_id_fk" FOREIGN KEY ("workspace_id","enrolment_id") REFERENCES "public"."enrolments"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_revisions" ADD CONSTRAINT "order_revisions_workspace_id_order_id_orders_workspace_id_id_fk" FOREIGN KEY ("workspace_id","order_id") REFERENCES "public"."orders"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_status_changes" ADD CONSTRAINT "order_status_changes_workspace_id_order_id_orders_workspace_id_id_fk" FOREIGN KEY ("workspace_id","order_id") REFERENCES "public"."orders"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_status_changes" ADD CONSTRAINT "order_status_changes_workspace_id_from_status_id_axis_order_statuses_workspace_id_id_axis_fk" FOREIGN KEY ("workspace_id","from_status_id","axis") REFERENCES "public"."order_statuses"("workspace_id","id","axis") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_status_changes" ADD CONSTRAINT "order_status_changes_workspace_id_to_status_id_axis_order_statuses_workspace_id_id_axis_fk" FOREIGN KEY ("workspace_id","to_status_id","axis") REFERENCES "public"."order_statuses"("workspace_id","id","axis") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_words" ADD CONSTRAINT "order_words_workspace_id_order_id_orders_workspace_id_id_fk" FOREIGN KEY ("workspace_id","order_id") REFERENCES "public"."orders"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_workspace_id_customer_id_customers_workspace_id_id_fk" FOREIGN KEY ("workspace_id","customer_id") REFERENCES "public"."customers"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_workspace_id_general_status_id_general_axis_order_statuses_workspace_id_id_axis_fk" FOREIGN KEY ("workspace_id","general_status_id","general_axis") REFERENCES "public"."order_statuses"("workspace_id","id","axis") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_workspace_id_delivery_status_id_delivery_axis_order_statuses_workspace_id_id_axis_fk" FOREIGN KEY ("workspace_id","delivery_status_id","delivery_axis") REFERENCES "public"."order_statuses"("workspace_id","id","axis") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_workspace_id_payment_status_id_payment_axis_order_statuses_workspace_id_id_axis_fk" FOREIGN KEY ("workspace_id","payment_status_id","payment_axis") REFERENCES "public"."order_statuses"("workspace_id","id","axis") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "received_events" ADD CONSTRAINT "received_events_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "status_change_refusals" ADD CONSTRAINT "status_change_refusals_workspace_id_order_id_orders_workspace_id_id_fk" FOREIGN KEY ("workspace_id","order_id") REFERENCES "public"."orders"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_workspace_id_batch_id_batches_workspace_id_id_fk" FOREIGN KEY ("workspace_id","batch_id") REFERENCES "public"."batches"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_statuses" ADD CONSTRAINT "order_statuses_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_statuses" ADD CONSTRAINT "order_statuses_group_code_status_groups_code_fk" FOREIGN KEY ("group_code") REFERENCES "public"."status_groups"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "status_auto_sms" ADD CONSTRAINT "status_auto_sms_workspace_id_status_id_order_statuses_workspace_id_id_fk" FOREIGN KEY ("workspace_id","status_id") REFERENCES "public"."order_statuses"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "status_timeouts" ADD CONSTRAINT "status_timeouts_workspace_id_status_id_axis_order_statuses_workspace_id_id_axis_fk" FOREIGN KEY ("workspace_id","status_id","axis") REFERENCES "public"."order_statuses"("workspace_id","id","axis") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "status_timeouts" ADD CONSTRAINT "status_timeouts_workspace_id_to_status_id_axis_order_statuses_workspace_id_id_axis_fk" FOREIGN KEY ("workspace_id","to_status_id","axis") REFERENCES "public"."order_statuses"("workspace_id","id","axis") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channels" ADD CONSTRAINT "channels_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "campaign_versions_live" ON "campaign_versions" USING btree ("campaign_id") WHERE live_until is null;--> statement-breakpoint
CREATE INDEX "cohorts_origin" ON "cohorts" USING btree ("origin_id","state");--> statement-breakpoint
CREATE INDEX "cohorts_open" ON "cohorts" USING btree ("state","progress_at") WHERE state <> 'rest';--> statement-breakpoint
CREATE INDEX "enrolments_cohort" ON "enrolments" USING btree ("cohort_id","node_id") WHERE state = 'walking';--> statement-breakpoint
CREATE INDEX "enrolments_due" ON "enrolments" USING btree ("place_id","due_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "enrolments_order" ON "enrolments" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "places_overdue" ON "places" USING btree ("wake_at") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "customer_revisions_at" ON "customer_revisions" USING btree ("customer_id","recorded_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "customers_phone" ON "customers" USING btree ("workspace_id","phone") WHERE phone is not null;--> statement-breakpoint
CREATE INDEX "customers_email" ON "customers" USING btree ("workspace_id","email") WHERE email is not null;--> statement-breakpoint
CREATE INDEX "customers_external" ON "customers" USING btree ("workspace_id","external_key") WHERE external_key is not null;--> statement-breakpoint
CREATE INDEX "replies_phone" ON "replies" USING btree ("workspace_id","phone","received_at");--> statement-breakpoint
CREATE INDEX "inbound_events_open" ON "inbound_events" USING btree ("integration_id","id") WHERE processed_at is null;--> statement-breakpoint
CREATE INDEX "inbound_events_recent" ON "inbound_events" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "order_external_refs_order" ON "order_external_refs" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "sms_messages_queue" ON "sms_messages" USING btree ("shard","workspace_id","priority","not_before") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "sms_messages_held" ON "sms_messages" USING btree ("shard","holder") WHERE state in ('claimed', 'handing');--> statement-breakpoint
CREATE INDEX "sms_messages_order" ON "sms_messages" USING btree ("order_id","status_id");--> statement-breakpoint
CREATE INDEX "sms_messages_recent" ON "sms_messages" USING btree ("workspace_id","queued_at","id");--> statement-breakpoint
CREATE INDEX "order_revisions_at" ON "order_revisions" USING btree ("order_id","recorded_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "order_status_changes_event" ON "order_status_changes" USING btree ("workspace_id","source","source_event_id","axis") WHERE source_event_id is not null;--> statement-breakpoint
CREATE INDEX "orders_general_due" ON "orders" USING btree ("general_status_id","general_due_from") WHERE archived_at is null;--> statement-breakpoint
CREATE INDEX "orders_delivery_due" ON "orders" USING btree ("delivery_status_id","delivery_due_from") WHERE archived_at is null;--> statement-breakpoint
CREATE INDEX "orders_payment_due" ON "orders" USING btree ("payment_status_id","payment_due_from") WHERE archived_at is null;--> statement-breakpoint
CREATE INDEX "orders_customer" ON "orders" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "orders_created" ON "orders" USING btree ("workspace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "status_change_refusals_order" ON "status_change_refusals" USING btree ("order_id","recorded_at");--> statement-breakpoint
CREATE INDEX "batches_open" ON "batches" USING btree ("created_at") WHERE consequences_at is null and failed_at is null;--> statement-breakpoint
CREATE INDEX "batches_of_workspace" ON "batches" USING btree ("workspace_id") WHERE consequences_at is null and failed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_once" ON "outbox" USING btree ("subject_id") WHERE topic = 'order.status_changed';--> statement-breakpoint
CREATE INDEX "outbox_changes" ON "outbox" USING btree ("workspace_id","id") WHERE topic = 'order.status_changed' and batch_id is null;--> statement-breakpoint
CREATE INDEX "outbox_controls" ON "outbox" USING btree ("id") WHERE topic <> 'order.status_changed' and done_at is null;--> statement-breakpoint
CREATE INDEX "outbox_batch" ON "outbox" USING btree ("batch_id");--> statement-breakpoint
CREATE UNIQUE INDEX "order_statuses_code" ON "order_statuses" USING btree ("workspace_id","axis","code") WHERE deleted_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "order_statuses_name" ON "order_statuses" USING btree ("workspace_id","axis","name_key") WHERE deleted_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "order_statuses_initial" ON "order_statuses" USING btree ("workspace_id","axis") WHERE is_initial and deleted_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "order_statuses_locked" ON "order_statuses" USING btree ("workspace_id","axis") WHERE is_locked;--> statement-breakpoint
CREATE INDEX "api_keys_workspace" ON "api_keys" USING btree ("workspace_id");