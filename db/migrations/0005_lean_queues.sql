ALTER TABLE "order_status_changes" DROP CONSTRAINT "order_status_changes_workspace_id_from_status_id_axis_order_statuses_workspace_id_id_axis_fk";
--> statement-breakpoint
ALTER TABLE "order_status_changes" DROP CONSTRAINT "order_status_changes_workspace_id_to_status_id_axis_order_statuses_workspace_id_id_axis_fk";
--> statement-breakpoint
ALTER TABLE "received_events" DROP CONSTRAINT "received_events_workspace_id_workspaces_id_fk";
--> statement-breakpoint
ALTER TABLE "outbox" DROP CONSTRAINT "outbox_workspace_id_workspaces_id_fk";
--> statement-breakpoint
ALTER TABLE "outbox" DROP CONSTRAINT "outbox_workspace_id_batch_id_batches_workspace_id_id_fk";
