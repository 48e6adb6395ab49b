CREATE TABLE "segments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"rule" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "segments_name" UNIQUE("workspace_id","name_key"),
	CONSTRAINT "segments_name_length" CHECK (length(name) between 1 and 80)
);
--> statement-breakpoint
CREATE TABLE "status_containers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"position" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "status_containers_workspace" UNIQUE("workspace_id","id"),
	CONSTRAINT "status_containers_name" UNIQUE("workspace_id","name_key"),
	CONSTRAINT "status_containers_name_length" CHECK (length(name) between 1 and 80)
);
--> statement-breakpoint
ALTER TABLE "order_statuses" ADD COLUMN "container_id" uuid;--> statement-breakpoint
ALTER TABLE "segments" ADD CONSTRAINT "segments_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "status_containers" ADD CONSTRAINT "status_containers_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_statuses" ADD CONSTRAINT "order_statuses_workspace_id_container_id_status_containers_workspace_id_id_fk" FOREIGN KEY ("workspace_id","container_id") REFERENCES "public"."status_containers"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint

grant create on schema public to tidings_system;--> statement-breakpoint
do $$
declare
  t record;
  event text;
begin
  for t in select * from (values ('status_containers', 'statuses'), ('segments', 'segments')) as v(name, topic) loop
    execute format('alter table %I enable row level security', t.name);
    execute format('alter table %I force row level security', t.name);
    execute format(
      'create policy own_workspace on %I to tidings_app using (workspace_id = (select tidings_workspace())) with check (workspace_id = (select tidings_workspace()))', t.name);
    execute format('create policy system on %I to tidings_system using (true) with check (true)', t.name);
    execute format('grant select, insert, update, delete on %I to tidings_app', t.name);
    foreach event in array array['insert', 'update', 'delete'] loop
      execute format(
        'create trigger tell_%s after %s on %I referencing %s table as changed for each statement execute function tell_change(%L)',
        event, event, t.name, case event when 'delete' then 'old' else 'new' end, t.topic);
    end loop;
  end loop;
end $$;--> statement-breakpoint
revoke create on schema public from tidings_system;
